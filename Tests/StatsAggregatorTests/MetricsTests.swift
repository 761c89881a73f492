import Foundation
import HoneCore
import HoneIntelligence
import HoneService
import HoneStore
import Postgres
import Testing

@testable import StatsAggregator

@Suite("What the aggregator measures of its own figures", .timeLimit(.minutes(2)))
struct MetricsTests {
    private func metric(_ name: String, _ registry: PrometheusRegistry) -> Double? {
        registry.text().split(separator: "\n").first { $0.hasPrefix("\(name) ") }
            .flatMap { Double($0.dropFirst(name.count + 1)) }
    }

    @Test("a row that is corrupted by hand shows as a difference, and none once it is mended")
    func recount() async throws {
        try await Database.use { aggregator in
            let registry = PrometheusRegistry()
            let recount = Recount(
                store: aggregator.store, board: aggregator.board, logger: Aggregator.logger, metrics: registry)
            try await aggregator.handle([.scored(try await aggregator.store.scored())])
            _ = try await recount.check()
            #expect(metric("hone_statistics_recount_differences", registry) == 0)
            // The task is moved to another complexity: one cell holds too much, and one too little.
            try await aggregator.pool.run("update statistics_cells set complexity = 5")
            _ = try await recount.check()
            #expect(metric("hone_statistics_recount_differences", registry) == 2)
            _ = try await recount.check()
            #expect(metric("hone_statistics_recount_differences", registry) == 0)
        }
    }

    @Test("the share of tasks whose quality is unknown is shown, and they are in no mean")
    func unknown() async throws {
        try await Database.use { aggregator in
            let registry = PrometheusRegistry()
            let board = Board(
                store: aggregator.store, publisher: aggregator.transport, logger: Aggregator.logger, metrics: registry)
            for overall in [0.75, 0.75, 0.75, nil] {
                try await aggregator.handle([.scored(try await aggregator.store.scored(overall: overall))])
            }
            #expect(try await board.publish())
            #expect(metric("hone_scores_unknown_share", registry) == 0.25)
            let standing = try #require(try await aggregator.store.statistics.standings().first)
            #expect(standing.unknownTasks == 1 && standing.totalTasks == 4 && standing.avgOverallScore == 0.75)
            #expect(standing.categoryPerformance["analysis"]?.unknown == 1)
        }
    }

    @Test("what an older version counted without complexity is put in its place by the recount")
    func upgrade() async throws {
        try await Database.use { aggregator in
            let task = try await aggregator.store.scored()
            try await aggregator.handle([.scored(task)])
            try await aggregator.pool.run("update statistics_cells set complexity = 0")
            // A late rating meanwhile does not change what the agent has done as a whole.
            try await aggregator.handle([.rated(task, 5)])
            #expect(try await aggregator.store.statistics.table().total().count == 1)
            #expect(try await aggregator.recount.check() == 2)
            let table = try await aggregator.store.statistics.table()
            #expect(table.cells.keys.map(\.complexity) == [2] && table.total().ratingSum == 5)
        }
    }
}
