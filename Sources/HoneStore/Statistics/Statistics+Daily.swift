import HoneCore
public import HoneIntelligence
import Postgres

extension Statistics {
    /// What alerts look at: the work of each agent, category and day since `first`.
    public func dailyWork(since first: Day) async throws -> [DailyWork] {
        try await executor.query(
            """
            select agent_id as "agentID", category, day - date '1970-01-01' as day,
                sum(count - infrastructure_failures)::bigint as count, sum(failed)::bigint as failed,
                sum(scored)::bigint as scored, sum(overall_sum)::bigint as overall_sum,
                sum(overall_squares)::bigint as overall_squares, sum(priced)::bigint as priced,
                sum(cost_micro_usd)::bigint as cost
            from statistics_cells where day >= date '1970-01-01' + \(first.number)::integer
            group by agent_id, category, statistics_cells.day
            """, as: DailyRow.self
        ).map(\.work)
    }

    /// How the models' endpoints have served since `first`.
    public func modelServices(since first: Day) async throws -> [ModelService] {
        struct Row: Decodable {
            var model: ModelID
            var count: Int64
            var unavailable: Int64
        }
        let rows = try await executor.query(
            """
            select model, sum(count)::bigint as count, sum(infrastructure_failures)::bigint as unavailable
            from statistics_cells where model <> '' and day >= date '1970-01-01' + \(first.number)::integer
            group by model
            """, as: Row.self)
        return rows.map { ModelService(model: $0.model, count: $0.count, unavailable: $0.unavailable) }
    }
}

private struct DailyRow: Decodable {
    var agentID: AgentID
    var category: HoneCore.Category
    var day: Int
    var count: Int64
    var failed: Int64
    var scored: Int64
    var overallSum: Int64
    var overallSquares: Int64
    var priced: Int64
    var cost: MicroUSD

    var work: DailyWork {
        let scores = QualitySample(
            count: Double(scored), sum: Double(overallSum) / 1e6, squares: Double(overallSquares) / 1e6)
        return DailyWork(
            agent: agentID, category: category, day: Day(number: day), count: count, failed: failed, scores: scores,
            priced: priced, cost: cost)
    }
}
