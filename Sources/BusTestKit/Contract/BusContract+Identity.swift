import Foundation
import HoneBus
import HoneCore
import TestServers

extension BusContract {
    static let identity: [BusBehaviour] = [
        BusBehaviour("the smallest entry, with data alone, is a message; its retries keep the id made for it") {
            bench in
            let ids = Record<UUID>()
            let site = try bench.start { consumer in
                try consumer.handle(
                    EachOf(TestWork.self) { message in
                        ids.note(message.id)
                        return message.deliveries < 2 ? .retry(because: TaskFault(.internal, "once more")) : .done
                    })
            }
            try await bench.bus.add(Envelope([.init("data", #"{"number":1}"#)]), to: bench.key(TestWork.topic))
            try await eventually("it is handled twice") { ids.count == 2 }
            try await site.stop()
            try expect(Set(ids.all).count == 1, "the ids differ: \(ids.all)")
        },

        BusBehaviour("source and id make the identity; two entries with both are one message") { bench in
            let ids = Record<UUID>()
            let site = try bench.start {
                try $0.handle(
                    EachOf(TestWork.self) {
                        ids.note($0.id); return .done
                    })
            }
            for source in ["/a", "/a", "/b"] {
                let fields: [Envelope.Field] = [
                    .init("id", "1"), .init("source", source), .init("data", #"{"number":1}"#),
                ]
                try await bench.bus.add(Envelope(fields), to: bench.key(TestWork.topic))
            }
            try await eventually("all are handled") { ids.count == 3 }
            try await site.stop()
            try expect(Set(ids.all).count == 2, "\(Set(ids.all).count) identities instead of 2")
        },

        BusBehaviour("a follow-up stays in the trace and has a span of its own") { bench in
            let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
            let site = try bench.start { consumer in
                try consumer.handle(EachOf(TestWork.self) { .done(publish: [try $0.causes(TestResult(1))]) })
            }
            let fields: [Envelope.Field] = [
                .init("data", #"{"number":1}"#), .init("traceparent", "00-\(trace)-00f067aa0ba902b7-01"),
            ]
            try await bench.bus.add(Envelope(fields), to: bench.key(TestWork.topic))
            try await bench.untilIdle(TestWork.topic)
            try await site.stop()
            let result = try await bench.bus.entries(of: bench.key(TestResult.topic)).first
            let parent = result.flatMap { TraceParent($0.text(Attribute.traceparent) ?? "") }
            try expect(parent?.traceID == trace, "the follow-up's trace is \(parent?.traceID ?? "missing")")
            try expect(parent?.spanID != "00f067aa0ba902b7", "the follow-up has its cause's span")
        },

        BusBehaviour("messages of one key share a partition, and all partitions are read", partitions: 4) { bench in
            let seen = Record<Received<TestWork>>()
            let site = try bench.start {
                try $0.handle(
                    EachOf(TestWork.self) {
                        seen.note($0); return .done
                    })
            }
            try await bench.publish((0..<40).map { TestWork($0 % 20) })
            try await eventually("all are handled") { seen.count == 40 }
            try await site.stop()
            let places = Dictionary(grouping: seen.all, by: \.body.number).values.map { Set($0.map(\.stream)) }
            try expect(places.allSatisfy { $0.count == 1 }, "a key is spread over partitions")
            let inUse = Set(seen.all.map(\.stream))
            try expect(inUse == Set(bench.transport.streams(of: TestWork.topic)), "in use: \(inUse)")
        },
    ]
}
