import Foundation
import HoneBus
import HoneCore
import TestServers

extension BusContract {
    static let sharing: [BusBehaviour] = [
        BusBehaviour("lanes that all have work are served 8 : 3 : 1") { bench in
            try await bench.transport.prepare([TestErrand.topic])
            try await bench.publish(Lane.allCases.flatMap { lane in (0..<240).map { TestErrand($0, lane) } })
            let served = try await serveErrands(bench, untilCount: 720)
            let first = Dictionary(grouping: served.prefix(240), by: { $0 }).mapValues(\.count)
            let shares = Lane.allCases.map { first[$0] ?? 0 }
            try expect(zip(shares, [160, 60, 20]).allSatisfy { abs($0 - $1) <= 12 }, "of 240 turns: \(shares)")
        },

        BusBehaviour("turns of an idle lane go to the others, and none starves") { bench in
            try await bench.transport.prepare([TestErrand.topic])
            try await bench.publish((0..<120).flatMap { [TestErrand($0, .standard), TestErrand($0, .batch)] })
            let served = try await serveErrands(bench, untilCount: 240)
            let batch = served.prefix(120).filter { $0 == .batch }.count
            try expect(served.count == 240 && (5...30).contains(batch), "batch got \(batch) of the first 120 turns")
        },
    ]

    /// One message at a time, so that each fetch is one turn.
    private static func serveErrands(_ bench: Workbench, untilCount count: Int) async throws -> [Lane] {
        var options = bench.options
        options.concurrency = 1
        let served = Record<Lane>()
        let site = try bench.start(options: options) { consumer in
            try consumer.handle(
                EachOf(TestErrand.self) {
                    served.note($0.body.lane); return .done
                })
        }
        try await eventually(within: .seconds(60), "all errands are done") { served.count == count }
        try await site.stop()
        return served.all
    }
}
