import HoneCore
import HoneStore
import Postgres
import Testing

@testable import StatsAggregator

@Suite("The recount", .timeLimit(.minutes(2)))
struct RecountTests {
    @Test(
        "counters that are wrong are found and mended",
        arguments: [
            "update statistics_cells set count = count + 1, overall_sum = overall_sum - 5 where agent_id = 'ada'",
            "delete from statistics_cells", "update agent_points set points = points + 7 where agent_id = 'ada'",
            "update agent_performance_scores set overall_score = 0.25 where agent_id = 'ada'",
            "insert into agent_points values ('kai', 5, 5)",
        ])
    func mends(_ damage: String) async throws {
        try await Database.use { aggregator in
            let task = try await aggregator.store.scored()
            let failed = try await aggregator.store.failed(by: bob)
            try await aggregator.handle([.scored(task), .rated(task, 4), .failed(failed, by: bob)])
            #expect(try await aggregator.recount.check() == 0)
            try await aggregator.pool.withConnection { try await $0.execute(script: damage) }
            let found = try await aggregator.recount.check()
            #expect(found ?? 0 > 0)
            #expect(try await aggregator.recount.check() == 0)
            // What a row says it counted is mended too, so that the next message does not bring the fault back.
            try await aggregator.handle([.rated(task, 2), .scored(task)])
            #expect(try await aggregator.recount.check() == 0)
        }
    }

    @Test("one aggregator counts at a time")
    func alone() async throws {
        try await Database.use { aggregator in
            let found = try await aggregator.store.transaction { store in
                _ = try await store.locks.tryAcquire("recount")
                return try await aggregator.recount.check()
            }
            #expect(found == nil)
            #expect(try await aggregator.recount.check() == 0)
        }
    }

    @Test("a recount while others count finds nothing wrong")
    func busy() async throws {
        try await Database.use { aggregator in
            var events: [Event] = []
            for index in 0..<12 {
                let task = try await aggregator.store.scored(overall: Double(index) / 12)
                events += [.scored(task), .rated(task, 1 + index % 5), .rated(task, 3)]
            }
            let work = events
            async let counting: Void = aggregator.handle(work, batchesOf: 1)
            for _ in 0..<10 { #expect(try await aggregator.recount.check() == 0) }
            try await counting
            #expect(try await aggregator.recount.check() == 0)
        }
    }
}
