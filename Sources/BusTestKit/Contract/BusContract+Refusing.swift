import Foundation
import HoneBus
import HoneCore
import TestServers

extension BusContract {
    static let refusing: [BusBehaviour] = [
        refusal("text that is not JSON", data: "{oops", code: "invalid_message", reason: "JSON"),
        refusal(
            "a wrong type", data: #"{"number":"one"}"#, code: "invalid_message", reason: "number: expected an integer"),
        refusal("a missing field", data: #"{}"#, code: "invalid_message", reason: "number"),
        refusal("a value out of range", data: #"{"number":-1}"#, code: "invalid_message", reason: "zero or more"),
        refusal(
            "more bytes than allowed", data: #"{"number":1,"note":"\#(String(repeating: "x", count: 1 << 20))"}"#,
            code: "message_too_large", reason: "1048576 bytes"),
        refusal("no data", data: nil, code: "invalid_message", reason: "data: expected a JSON object"),
        refusal(
            "another message's type", data: #"{"number":1}"#, type: "hone.other.v1", code: "invalid_message",
            reason: "hone.test.work.v1"),

        BusBehaviour("a rejected message is a dead letter at once, with its fields and the refusal's follow-ups") {
            bench in
            let calls = Record<Int>()
            let site = try bench.start { consumer in
                try consumer.handle(
                    EachOf(TestWork.self, refused: { [try $0.causes(TestResult(99))] }) { message in
                        calls.note(message.deliveries)
                        return .reject(because: TaskFault(.unknownAgent, "nobody is called that"))
                    })
            }
            let fields: [Envelope.Field] = [
                .init("id", "m1"), .init("color", "green"), .init("data", #"{"number":1}"#),
            ]
            let entry = try await bench.bus.add(Envelope(fields), to: bench.key(TestWork.topic))
            try await bench.untilIdle(TestWork.topic)
            try await site.stop()
            let letter = try await bench.bus.entries(of: bench.deadKey).first ?? Envelope()
            let stream = bench.transport.streams(of: TestWork.topic)[0].key(in: bench.bus.namespace)
            let expected = [
                "id": "m1", "color": "green", "dead_reason": "nobody is called that", "dead_code": "unknown_agent",
                "dead_stream": stream, "dead_group": "workers", "dead_entry_id": entry,
                "dead_deliveries": "1", "dead_service": "workers",
            ]
            for (name, value) in expected {
                try expect(letter.text(name) == value, "\(name): \(letter.text(name) ?? "–")")
            }
            try expect(EventTime.date(from: letter.text("dead_time") ?? "") != nil, "no dead_time")
            let followUps = try await bench.bus.entries(of: bench.key(TestResult.topic))
            try expect(calls.count == 1 && followUps.count == 1, "\(calls.count) calls, \(followUps.count) follow-ups")
        },

        BusBehaviour("a message whose consumers die each time ends as a dead letter") { bench in
            try await bench.transport.prepare([TestWork.topic])
            try await bench.publish([TestWork(1)])
            _ = try await bench.fetch(TestWork.topic, as: bench.member("victim-1"))
            for name in ["victim-2", "victim-3"] {
                _ = try await bench.transport.takeOver(
                    from: bench.transport.streams(of: TestWork.topic), idle: .zero, limit: 1, as: bench.member(name))
            }
            let calls = Record<Int>()
            let site = try bench.start {
                try $0.handle(
                    EachOf(TestWork.self) {
                        calls.note($0.deliveries); return .done
                    })
            }
            try await eventually("it is given up") {
                try await bench.bus.entries(of: bench.deadKey).count == 1
            }
            try await site.stop()
            try expect(calls.count == 0, "it was handled once more")
        },
    ]

    /// An entry that never reaches the handler, between two good ones that do.
    private static func refusal(
        _ what: String, data: String?, type: String? = nil, code: String, reason: String
    ) -> BusBehaviour {
        BusBehaviour("\(what) is a dead letter at once and disturbs nobody") { bench in
            let seen = Record<Int>()
            let site = try bench.start { consumer in
                try consumer.handle(
                    AllOf(TestWork.self) { batch in
                        batch.map {
                            seen.note($0.body.number)
                            return .done
                        }
                    })
            }
            let key = bench.key(TestWork.topic)
            try await bench.bus.add(Envelope([.init("data", #"{"number":1}"#)]), to: key)
            var bad = Envelope([.init("color", "red")])
            bad["data"] = data.map { Array($0.utf8) }
            bad["type"] = type.map { Array($0.utf8) }
            try await bench.bus.add(bad, to: key)
            try await bench.bus.add(Envelope([.init("data", #"{"number":2}"#)]), to: key)
            try await eventually("the dead letter is there and the others are done") {
                try await bench.bus.entries(of: bench.deadKey).count == 1 && seen.count == 2
            }
            try await site.stop()
            let letter = try await bench.transport.deadLetters(.all, after: nil, limit: 1).first
            try expect(letter?.code == code, "the code is \(letter?.code ?? "–")")
            try expect(letter?.reason.contains(reason) == true, "the reason is \(letter?.reason ?? "–")")
            try expect(letter?.envelope.text("color") == "red", "the unknown field is gone")
        }
    }
}
