import Foundation
import HoneBus
import HoneCore
import TestServers

extension BusContract {
    static let deadLetters: [BusBehaviour] = [
        BusBehaviour("a replayed letter keeps its id and goes to the group that refused it alone") { bench in
            let (workers, watchers) = (Record<UUID>(), Record<UUID>())
            let mended = Record<Bool>()
            let site = try bench.start { consumer in
                try consumer.handle(
                    EachOf(TestWork.self) { message in
                        workers.note(message.id)
                        return mended.count > 0 ? .done : .reject(because: TaskFault(.toolError, "broken"))
                    })
            }
            let other = try bench.start("watchers") { consumer in
                try consumer.handle(
                    EachOf(TestWork.self) {
                        watchers.note($0.id); return .done
                    })
            }
            try await bench.bus.add(Envelope([.init("data", #"{"number":1}"#)]), to: bench.key(TestWork.topic))
            try await bench.untilIdle(TestWork.topic)
            let letters = try await bench.transport.deadLetters(.all, after: nil, limit: 10)
            mended.note(true)
            let replayed = try await bench.transport.replay(letters.map(\.id) + ["1-1"])
            try await eventually("it is handled again") { workers.count == 2 }
            try await bench.untilIdle(TestWork.topic)
            try await bench.untilIdle(TestWork.topic, of: "watchers")
            try await site.stop()
            try await other.stop()
            try expect(replayed == letters.map(\.id), "replayed: \(replayed)")
            try expect(Set(workers.all).count == 1, "the id changed: \(workers.all)")
            try expect(watchers.all == Array(workers.all.prefix(1)), "the other group saw \(watchers.count)")
            let left = try await bench.bus.entries(of: bench.deadKey)
            try expect(left.isEmpty, "\(left.count) letters are left")
        },

        BusBehaviour("letters are listed by filter and page, shown, and purged") { bench in
            try await bench.transport.prepare([TestWork.topic])
            try await bench.publish((0..<6).map { TestWork($0) })
            let member = bench.member("a")
            let held = try await bench.fetch(TestWork.topic, as: member)
            let codes: [ErrorCode] = [.timeout, .internal]
            try await bench.transport.settle(
                held.enumerated().map { index, delivery in
                    Settlement(delivery, .dead(because: TaskFault(codes[index % 2], "no. \(index)"), publish: []))
                }, as: member)
            let transport = bench.transport
            let timeouts = try await transport.deadLetters(DeadLetterFilter(code: "timeout"), after: nil, limit: 10)
            try expect(timeouts.map(\.reason) == ["no. 0", "no. 2", "no. 4"], "\(timeouts.map(\.reason))")
            let page = try await transport.deadLetters(.all, after: timeouts[1].id, limit: 2)
            try expect(page.map(\.reason) == ["no. 3", "no. 4"], "\(page.map(\.reason))")
            let none = try await transport.deadLetters(DeadLetterFilter(group: "watchers"), after: nil, limit: 9)
            try expect(none.isEmpty, "the watchers refused nothing")
            let shown = try await transport.deadLetter(page[0].id)
            try expect(shown == page[0], "\(shown as Any)")
            let purged = try await transport.purge(timeouts.map(\.id))
            let left = try await transport.deadLetters(.all, after: nil, limit: 10).count
            try expect(purged == 3 && left == 3, "\(purged) purged, \(left) left")
        },
    ]
}
