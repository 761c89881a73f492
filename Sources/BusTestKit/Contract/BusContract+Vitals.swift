import Foundation
import HoneBus
import HoneCore
import TestServers

extension BusContract {
    static let vitals: [BusBehaviour] = [
        BusBehaviour("an epoch begins with the first preparation, lasts, and ends when the data are lost") { bench in
            let nobody = try await bench.transport.epoch()
            try expect(nobody == nil, "there is an epoch before anybody prepared anything")
            try await bench.transport.prepare([TestWork.topic])
            let first = try await bench.transport.epoch()
            try await bench.transport.prepare([TestWork.topic, TestResult.topic])
            let same = try await bench.transport.epoch()
            try expect(first != nil && first?.name == same?.name, "preparing again began another epoch")
            try expect(same.map { $0.age >= .zero && $0.age < .seconds(60) } ?? false, "its age is wrong")
            try await bench.bus.flush()
            let gone = try await bench.transport.epoch()
            try await bench.transport.prepare([TestWork.topic])
            let second = try await bench.transport.epoch()
            try expect(gone == nil && second != nil && second?.name != first?.name, "the loss is not told")
        },

        BusBehaviour("depth tells since when the oldest message waits, under way or not, and nothing of what is done") {
            bench in
            try await bench.transport.prepare([TestWork.topic])
            let idle = try await bench.transport.depth(of: [TestWork.topic])
            try expect(idle.wait(of: "workers") == .zero, "\(idle)")
            try await bench.publish([TestWork(1)])
            try await eventually("the clock has moved") {
                try await bench.transport.depth(of: [TestWork.topic]).wait(of: "workers") > .milliseconds(20)
            }
            try await bench.publish([TestWork(2)])
            let waiting = try await bench.transport.depth(of: [TestWork.topic])
            let member = bench.member("a")
            let held = try await bench.fetch(TestWork.topic, 2, as: member).sorted { $0.entryID < $1.entryID }
            let pending = try await bench.transport.depth(of: [TestWork.topic])
            try expect(oldest(waiting) != nil && oldest(waiting) == oldest(pending), "\(waiting) \(pending)")
            try await bench.transport.settle([Settlement(held[0], .done(publish: []))], as: member)
            let second = try await bench.transport.depth(of: [TestWork.topic])
            try expect((oldest(second) ?? .distantPast) > (oldest(pending) ?? .distantFuture), "\(second)")
            try await bench.transport.settle([Settlement(held[1], .done(publish: []))], as: member)
            let done = try await bench.transport.depth(of: [TestWork.topic])
            try expect(oldest(done) == nil && done.wait(of: "watchers") > .zero, "\(done)")
        },

        BusBehaviour("those who read are seen with what they hold, once however many streams they read") { bench in
            try await bench.transport.prepare([TestWork.topic])
            try await bench.publish([TestWork(1), TestWork(2), TestWork(3)])
            _ = try await bench.fetch(TestWork.topic, 1, as: bench.member("a"))
            _ = try await bench.fetch(TestWork.topic, 2, as: bench.member("b"))
            let members = try await bench.transport.members(of: [TestWork.topic])
            try expect(members.map(\.consumer) == ["a", "b"], "\(members)")
            try expect(members.allSatisfy { $0.group == "workers" && $0.idle >= 0 && $0.idle < 60 }, "\(members)")
            try expect(members.map(\.pending) == [1, 2], "\(members)")
        },

        BusBehaviour("an announced backlog is read by everybody until its time is over") { bench in
            let nothing = try await bench.transport.announcedBacklog()
            try await bench.transport.announce(backlog: 12, for: .seconds(60))
            let told = try await bench.transport.announcedBacklog()
            try await bench.transport.announce(backlog: 13, for: .milliseconds(5))
            try expect(nothing == nil && told == 12, "\(String(describing: told))")
            try await eventually("it is gone") { try await bench.transport.announcedBacklog() == nil }
        },

        BusBehaviour("behind a shut gate nothing new is taken, what others left behind is, and the loop stays alive") {
            bench in
            try await bench.transport.prepare([TestWork.topic])
            try await bench.publish([TestWork(1)])
            _ = try await bench.fetch(TestWork.topic, as: bench.member("victim"))
            try await bench.publish([TestWork(2)])
            let (seen, gate) = (Record<Int>(), IntakeGate())
            gate.close()
            let site = try bench.start { consumer in
                try consumer.handle(
                    AllOf(TestWork.self) { batch in
                        batch.map {
                            seen.note($0.body.number)
                            return .done
                        }
                    }, through: gate)
            }
            try await eventually("the abandoned one is done") { seen.count == 1 }
            try expect(site.consumer.health.isReady && site.consumer.health.isAlive(within: .seconds(2)), "not well")
            try expect(seen.all == [1], "\(seen.all)")
            gate.open()
            try await eventually("the new one is done") { seen.all == [1, 2] }
            try await site.stop()
        },
    ]

    private static func oldest(_ depth: BusDepth) -> Date? {
        depth.streams.flatMap(\.groups).filter { $0.name == "workers" }.compactMap(\.oldest).min()
    }
}
