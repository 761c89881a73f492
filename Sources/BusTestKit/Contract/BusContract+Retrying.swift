import Foundation
import HoneBus
import HoneCore
import Synchronization
import TestServers

extension BusContract {
    static let retrying: [BusBehaviour] = [
        BusBehaviour("a retried message comes back to the group that asked, and to no other") { bench in
            let (workers, watchers) = (Record<Int>(), Record<Int>())
            let site = try bench.start { consumer in
                try consumer.handle(
                    EachOf(TestWork.self) { message in
                        workers.note(message.deliveries)
                        return message.deliveries < 3 ? .retry(because: TaskFault(.internal, "again")) : .done
                    })
            }
            let other = try bench.start("watchers") { consumer in
                try consumer.handle(
                    EachOf(TestWork.self) {
                        watchers.note($0.deliveries); return .done
                    })
            }
            try await bench.publish([TestWork(1)])
            try await eventually("the third delivery is done") { workers.count == 3 }
            try await bench.untilIdle(TestWork.topic, of: "watchers")
            try await site.stop()
            try await other.stop()
            try expect(workers.all == [1, 2, 3], "the deliveries counted \(workers.all)")
            try expect(watchers.all == [1], "the other group saw \(watchers.count) deliveries")
        },

        BusBehaviour("a thrown error is retried, and the last one makes a dead letter with its history") { bench in
            struct Mishap: Error {}
            let calls = Record<Int>()
            let site = try bench.start { consumer in
                try consumer.handle(
                    EachOf(TestWork.self) {
                        calls.note($0.deliveries); throw Mishap()
                    })
            }
            try await bench.publish([TestWork(1)])
            try await bench.untilIdle(TestWork.topic)
            try await site.stop()
            let letters = try await bench.transport.deadLetters(.all, after: nil, limit: 10)
            try expect(calls.all == [1, 2, 3], "it was delivered \(calls.all)")
            try expect(letters.map(\.code) == ["internal"], "\(letters)")
            try expect(letters.first?.deliveries == 3, "the letter counts \(letters.first?.deliveries ?? 0)")
            try expect(letters.first?.history.count == 2, "the history: \(letters.first?.history ?? [])")
            try expect(letters.first?.reason.contains("Mishap") == true, letters.first?.reason ?? "no reason")
        },

        BusBehaviour("an outage of the machinery is waited out and spends no delivery") { bench in
            let calls = Record<Int>()
            let site = try bench.start { consumer in
                try consumer.handle(
                    EachOf(TestWork.self) { message in
                        calls.note(message.deliveries)
                        if calls.count < 8 { throw Outage() }
                        return .done
                    })
            }
            try await bench.publish([TestWork(1)])
            try await eventually("the outage is over") { calls.count == 8 }
            try await bench.untilIdle(TestWork.topic)
            try await site.stop()
            try expect(Set(calls.all) == [1], "the deliveries counted \(calls.all)")
        },

        BusBehaviour("one bad message disturbs no other in its batch") { bench in
            struct Poison: Error {}
            let done = Record<Int>()
            try await bench.transport.prepare([TestWork.topic])
            try await bench.publish((0..<20).map { TestWork($0) })
            let site = try bench.start { consumer in
                try consumer.handle(
                    AllOf(TestWork.self) { batch in
                        if batch.contains(where: { $0.body.number == 13 }) { throw Poison() }
                        for message in batch { done.note(message.body.number) }
                        return batch.map { _ in .done }
                    })
            }
            try await bench.untilIdle(TestWork.topic)
            try await site.stop()
            let letters = try await bench.transport.deadLetters(.all, after: nil, limit: 10)
            try expect(done.all.sorted() == (0..<20).filter { $0 != 13 }, "done: \(done.all.sorted())")
            try expect(letters.count == 1 && letters.first?.deliveries == 3, "\(letters)")
        },

        BusBehaviour("in a large batch each outcome goes to its own message") { bench in
            let seen = Record<[Int]>()
            try await bench.transport.prepare([TestWork.topic])
            try await bench.publish((0..<100).map { TestWork($0) })
            try await bench.bus.add(Envelope([.init("data", "{")]), to: bench.key(TestWork.topic))
            try await bench.publish((100..<200).map { TestWork($0) })
            let site = try bench.start { consumer in
                try consumer.handle(
                    AllOf(TestWork.self) { batch in
                        seen.note(batch.map(\.body.number))
                        return batch.map {
                            $0.body.number == 150 ? .reject(because: TaskFault(.invalidMessage, "150")) : .done
                        }
                    })
            }
            try await bench.untilIdle(TestWork.topic)
            try await site.stop()
            let letters = try await bench.transport.deadLetters(.all, after: nil, limit: 10)
            let data = letters.map { String(decoding: $0.data ?? [], as: UTF8.self) }
            try expect(seen.all.flatMap { $0 }.sorted() == Array(0..<200), "handled: \(seen.all)")
            try expect(data.count == 2 && data.contains("{") && data.contains { $0.contains("150") }, "\(data)")
        },

        BusBehaviour("a delayed message comes back at its time, once, whoever moves it") { bench in
            let member = bench.member("a")
            try await bench.transport.prepare([TestWork.topic])
            try await bench.publish((0..<50).map { TestWork($0) })
            let held = try await bench.fetch(TestWork.topic, as: member)
            let due = Date().addingTimeInterval(60)
            let fault = TaskFault(.internal, "later")
            try await bench.transport.settle(held.map { Settlement($0, .retry(at: due, because: fault)) }, as: member)
            let early = try await bench.transport.moveDue(at: due.addingTimeInterval(-1), limit: 100)
            try expect(early == 0, "\(early) messages came back early")
            let moved = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        try await bench.transport.moveDue(at: due.addingTimeInterval(1), limit: 100)
                    }
                }
                return try await group.reduce(0, +)
            }
            try expect(moved == 50, "\(moved) messages were moved")
            let again = try await bench.fetch(TestWork.topic, as: member)
            try expect(again.count == 50 && again.allSatisfy { $0.deliveries == 2 }, "\(again.count) came back")
        },
    ]
}
