import HoneCore
public import HoneIntelligence
import Postgres

/// `statistics_cells`: the counters that every standing is derived from.
public struct Statistics: Sendable {
    let executor: any SQLExecutor

    /// All cells.
    public func table() async throws -> StatisticsTable {
        let rows = try await executor.query(
            """
            select agent_id as "agentID", category, complexity, model, day - date '1970-01-01' as day, count, passed,
                failed, infrastructure_failures, scored, overall_sum, overall_squares, priced, priced_overall_sum,
                cost_micro_usd, duration_milliseconds, tokens, ratings, rating_sum
            from statistics_cells
            """, as: CellRow.self)
        return StatisticsTable(cells: Dictionary(rows.map { ($0.key, $0.cell) }) { $0 + $1 })
    }

    /// Adds to cells. Concurrent calls add up, in any order.
    public func merge(_ table: StatisticsTable) async throws {
        // In one order everywhere, so that two transactions cannot lock each other out.
        let cells = table.cells.sorted { $0.key.lockOrder < $1.key.lockOrder }
        guard !cells.isEmpty else { return }
        let keys = cells.map(\.key)
        let sums = cells.map(\.value)
        try await executor.run(
            """
            insert into statistics_cells as cell (
                agent_id, category, complexity, model, day, count, passed, failed, infrastructure_failures, scored,
                overall_sum, overall_squares, priced, priced_overall_sum, cost_micro_usd, duration_milliseconds,
                tokens, ratings, rating_sum)
            select agent_id, category, complexity, model, date '1970-01-01' + day, count, passed, failed,
                infrastructure_failures, scored, overall_sum, overall_squares, priced, priced_overall_sum, cost, duration,
                tokens, ratings, rating_sum
            from unnest(
                \(keys.map(\.agent))::text[], \(keys.map(\.category))::text[],
                \(keys.map { $0.complexity ?? 0 })::smallint[],
                \(keys.map { $0.model?.rawValue ?? "" })::text[], \(keys.map(\.day.number))::integer[],
                \(sums.map(\.count))::bigint[], \(sums.map(\.passed))::bigint[], \(sums.map(\.failed))::bigint[],
                \(sums.map(\.infrastructureFailures))::bigint[], \(sums.map(\.scored))::bigint[],
                \(sums.map(\.overallSum))::bigint[], \(sums.map(\.overallSquares))::bigint[],
                \(sums.map(\.priced))::bigint[], \(sums.map(\.pricedOverallSum))::bigint[],
                \(sums.map(\.costMicroUSD))::bigint[], \(sums.map(\.durationMilliseconds))::bigint[],
                \(sums.map(\.tokens))::bigint[], \(sums.map(\.ratings))::bigint[], \(sums.map(\.ratingSum))::bigint[]
            ) as change (
                agent_id, category, complexity, model, day, count, passed, failed, infrastructure_failures, scored,
                overall_sum, overall_squares, priced, priced_overall_sum, cost, duration, tokens, ratings, rating_sum)
            on conflict (agent_id, category, complexity, model, day) do update
            set count = cell.count + excluded.count, passed = cell.passed + excluded.passed,
                failed = cell.failed + excluded.failed,
                infrastructure_failures = cell.infrastructure_failures + excluded.infrastructure_failures,
                scored = cell.scored + excluded.scored, overall_sum = cell.overall_sum + excluded.overall_sum,
                overall_squares = cell.overall_squares + excluded.overall_squares,
                priced = cell.priced + excluded.priced,
                priced_overall_sum = cell.priced_overall_sum + excluded.priced_overall_sum,
                cost_micro_usd = cell.cost_micro_usd + excluded.cost_micro_usd,
                duration_milliseconds = cell.duration_milliseconds + excluded.duration_milliseconds,
                tokens = cell.tokens + excluded.tokens, ratings = cell.ratings + excluded.ratings,
                rating_sum = cell.rating_sum + excluded.rating_sum
            """)
    }
}

extension StatisticsKey {
    fileprivate var lockOrder: (String, String, Int, String, Int) {
        (agent.rawValue, category.rawValue, complexity ?? 0, model?.rawValue ?? "", day.number)
    }
}
