import Foundation
import HoneBus
import HoneCore
import TestServers

extension BusContract {
    static let upkeep: [BusBehaviour] = [
        BusBehaviour("a stream is trimmed only behind the slowest group and what it has pending", ofOneStream: true) {
            bench in
            try await bench.transport.prepare([TestWork.topic])
            try await bench.publish((0..<1_000).map { TestWork($0) })
            let (worker, watcher) = (bench.member("a"), bench.member("b", of: "watchers"))
            let mine = try await bench.fetch(TestWork.topic, 1_000, as: worker)
            try await settle(mine, bench, as: worker)
            let before = try await bench.transport.trim(TestWork.topic)
            try expect(before == 0, "\(before) entries went that the watchers had not read")
            let theirs = try await bench.fetch(TestWork.topic, 1_000, as: watcher)
            try await settle(theirs.filter { $0.entryID != theirs[500].entryID }, bench, as: watcher)
            _ = try await bench.transport.trim(TestWork.topic)
            let half = try await bench.bus.entries(of: bench.key(TestWork.topic)).count
            try expect((500...700).contains(half), "\(half) entries are left behind the pending one")
            try await settle([theirs[500]], bench, as: watcher)
            _ = try await bench.transport.trim(TestWork.topic)
            let rest = try await bench.bus.entries(of: bench.key(TestWork.topic)).count
            try expect(rest <= 200, "\(rest) entries are left when all is done")
        },

        BusBehaviour("nothing is trimmed before all groups of the topic exist") { bench in
            let key = bench.key(TestWork.topic)
            for number in 0..<200 {
                try await bench.bus.add(Envelope([.init("data", #"{"number":\#(number)}"#)]), to: key)
            }
            let trimmed = try await bench.transport.trim(TestWork.topic)
            try expect(trimmed == 0, "\(trimmed) went")
        },

        BusBehaviour("depth tells what waits, what is under way, what is delayed and what is dead") { bench in
            try await bench.transport.prepare([TestWork.topic])
            try await bench.publish((0..<10).map { TestWork($0) })
            let member = bench.member("a")
            let held = try await bench.fetch(TestWork.topic, 4, as: member)
            let fault = TaskFault(.internal, "for show")
            try await bench.transport.settle(
                [
                    Settlement(held[0], .retry(at: Date().addingTimeInterval(60), because: fault)),
                    Settlement(held[1], .dead(because: fault, publish: [])), Settlement(held[2], .done(publish: [])),
                ], as: member)
            let depth = try await bench.transport.depth(of: [TestWork.topic])
            let groups = depth.streams.flatMap(\.groups).filter { $0.name == "workers" }
            let (lag, pending) = groups.reduce((0, 0)) { ($0.0 + $1.lag, $0.1 + $1.pending) }
            try expect(depth.delayed == 1 && depth.dead == 1, "\(depth.delayed) delayed, \(depth.dead) dead")
            try expect(lag == 6 && pending == 1, "\(depth.streams)")
            try expect(depth.streams.reduce(0) { $0 + $1.length } == 10, "\(depth.streams)")
        },
    ]

    private static func settle(_ deliveries: [Delivery], _ bench: Workbench, as member: GroupMember) async throws {
        try await bench.transport.settle(deliveries.map { Settlement($0, .done(publish: [])) }, as: member)
    }
}
