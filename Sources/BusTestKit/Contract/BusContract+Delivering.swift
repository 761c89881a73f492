import Foundation
import HoneBus
import HoneCore
import TestServers

extension BusContract {
    static let delivering: [BusBehaviour] = [
        BusBehaviour("each group gets every message once") { bench in
            let (workers, watchers) = (Record<Int>(), Record<Int>())
            let sites = try [("workers", workers), ("workers", workers), ("watchers", watchers)].map { group, record in
                try bench.start(group) {
                    try $0.handle(
                        EachOf(TestWork.self) {
                            record.note($0.body.number); return .done
                        })
                }
            }
            try await bench.publish((0..<50).map { TestWork($0) })
            try await eventually("both groups are done") { workers.count >= 50 && watchers.count >= 50 }
            for site in sites { try await site.stop() }
            try expect(workers.all.sorted() == Array(0..<50), "the workers got \(workers.all.sorted())")
            try expect(watchers.all.sorted() == Array(0..<50), "the watchers got \(watchers.all.sorted())")
            let backlog = try await bench.backlog(TestWork.topic)
            try expect(backlog == 0, "\(backlog) messages were not acknowledged")
        },

        BusBehaviour("a service that starts late misses nothing") { bench in
            try await bench.publish([TestWork(1)])
            try await bench.transport.prepare([TestWork.topic])
            let seen = Record<Int>()
            let site = try bench.start {
                try $0.handle(
                    EachOf(TestWork.self) {
                        seen.note($0.body.number); return .done
                    })
            }
            try await eventually("the message is handled") { seen.count == 1 }
            try await site.stop()
        },

        BusBehaviour("follow-ups go out with the acknowledgement") { bench in
            let site = try bench.start { consumer in
                try consumer.handle(
                    EachOf(TestWork.self) { .done(publish: [try $0.causes(TestResult($0.body.number * 2))]) })
            }
            try await bench.publish([TestWork(21)])
            try await bench.untilIdle(TestWork.topic)
            try await site.stop()
            let results = try await bench.bus.entries(of: bench.key(TestResult.topic))
            try expect(results.count == 1, "\(results.count) follow-ups")
            try expect(results.first?.text(Attribute.data) == #"{"number":42}"#, "\(results)")
        },

        BusBehaviour("a batch handler gets many messages in one call and answers for each") { bench in
            let sizes = Record<Int>()
            try await bench.transport.prepare([TestWork.topic])
            try await bench.publish((0..<500).map { TestWork($0) })
            let site = try bench.start { consumer in
                try consumer.handle(
                    AllOf(TestWork.self) { batch in
                        sizes.note(batch.count)
                        return batch.map {
                            $0.body.number == 7 ? .reject(because: TaskFault(.cancelled, "seven")) : .done
                        }
                    })
            }
            try await bench.untilIdle(TestWork.topic)
            try await site.stop()
            try expect(sizes.all.reduce(0, +) == 500, "\(sizes.all.reduce(0, +)) messages were handled")
            try expect(sizes.all.max() == 256, "the largest batch had \(sizes.all.max() ?? 0)")
            let dead = try await bench.transport.deadLetters(.all, after: nil, limit: 10)
            try expect(dead.map(\.code) == ["cancelled"], "\(dead)")
        },

        BusBehaviour("no more messages are taken than there is room for") { bench in
            var options = bench.options
            options.concurrency = 3
            let (gate, started) = (Gate(), Record<Int>())
            try await bench.transport.prepare([TestWork.topic])
            try await bench.publish((0..<10).map { TestWork($0) })
            let site = try bench.start(options: options) { consumer in
                try consumer.handle(
                    EachOf(TestWork.self) { message in
                        started.note(message.body.number)
                        await gate.pass()
                        return .done
                    })
            }
            try await eventually("three are under way") { started.count == 3 }
            let depth = try await bench.transport.depth(of: [TestWork.topic])
            let pending = depth.streams.flatMap(\.groups).reduce(0) { $0 + $1.pending }
            try expect(pending == 3, "\(pending) messages are held")
            gate.open()
            try await bench.untilIdle(TestWork.topic)
            try await site.stop()
        },
    ]
}
