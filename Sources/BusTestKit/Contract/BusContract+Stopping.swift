import Foundation
import HoneBus
import HoneCore
import TestServers

extension BusContract {
    static let stopping: [BusBehaviour] = [
        BusBehaviour("a drain waits for what is in hand and gives the rest back unspent") { bench in
            let (gate, started) = (Gate(), Record<Int>())
            var options = bench.options
            options.batchSize = 1
            try await bench.transport.prepare([TestWork.topic])
            try await bench.publish((0..<5).map { TestWork($0) })
            let site = try bench.start(options: options) { consumer in
                try consumer.handle(
                    AllOf(TestWork.self) { batch in
                        for message in batch { started.note(message.body.number) }
                        await gate.pass()
                        return batch.map { _ in .done }
                    })
            }
            try await eventually("one is under way and one waits") {
                started.count == 1 && site.consumer.health.inFlight == 2
            }
            site.consumer.drain()
            try await eventually("the waiting one is handed back") { site.consumer.health.inFlight == 1 }
            gate.open()
            try await site.task.value
            try expect(started.count == 1, "begun: \(started.all)")
            let rest = Record<Int>()
            let heir = try bench.start {
                try $0.handle(
                    EachOf(TestWork.self) {
                        rest.note($0.deliveries); return .done
                    })
            }
            try await eventually("another does the rest") { rest.count == 4 }
            try await heir.stop()
            try expect(rest.all == [1, 1, 1, 1], "the deliveries counted \(rest.all)")
        },

        BusBehaviour("a handler stopped by a shutdown has not failed") { bench in
            let calls = Record<Int>()
            let patient = EachOf(TestWork.self) { message in
                calls.note(message.deliveries)
                if calls.count == 1 { try await Task.sleep(for: .seconds(60)) }
                return .done
            }
            let site = try bench.start { try $0.handle(patient) }
            try await bench.publish([TestWork(1)])
            try await eventually("it is under way") { calls.count == 1 }
            try await site.interrupt()
            let heir = try bench.start { try $0.handle(patient) }
            try await eventually("another does it") { calls.count == 2 }
            try await heir.stop()
            try expect(calls.all == [1, 1], "the deliveries counted \(calls.all)")
        },

        BusBehaviour("a handler that ignores cancellation is left behind and its message goes to another") { bench in
            let (gate, calls) = (Gate(), Record<Int>())
            let stubborn = EachOf(TestWork.self) { message in
                calls.note(message.deliveries)
                if calls.count == 1 { await gate.pass() }
                return .done
            }
            let site = try bench.start { try $0.handle(stubborn) }
            try await bench.publish([TestWork(1)])
            try await eventually("it is under way") { calls.count == 1 }
            try await site.interrupt()
            let heir = try bench.start { try $0.handle(stubborn) }
            try await eventually("another does it") { calls.count == 2 }
            try await bench.untilIdle(TestWork.topic)
            gate.open()
            try await heir.stop()
            try expect(calls.all == [1, 1], "the deliveries counted \(calls.all)")
        },

        BusBehaviour("a drain asked for before the start is not forgotten") { bench in
            let site = try bench.start { consumer in
                try consumer.handle(EachOf(TestWork.self) { _ in .done })
                consumer.drain()
            }
            try await site.task.value
        },
    ]
}
