public import Foundation
public import HoneCore
import Postgres

/// What tasks cost and take. One row per agent and category, one per category and complexity, one per category: what is
/// not told apart is nil.
public struct Effort: Sendable, Codable, Hashable {
    public var agentID: AgentID?
    public var category: HoneCore.Category
    public var complexity: Int?
    public var tasks: Int
    /// Tasks whose price is known.
    public var priced: Int
    /// Micro-dollars; nil while no price is known, as the next two.
    public var meanCost: Double?
    public var medianCost: Double?
    public var costP75: Double?
    /// Seconds.
    public var meanDuration: Double
    public var durationP25: Double
    public var medianDuration: Double
    public var durationP75: Double
}

extension Statistics {
    /// The effort of successful tasks (completed, and not known to have failed their check) since `time`. Trials of
    /// experiments are left out. One pass over the scores: keep the answer for a while.
    public func efforts(since time: Date) async throws -> [Effort] {
        try await executor.query(
            """
            select agent_id as "agentID", objective_category as category, task_complexity as complexity,
                count(*) as tasks, count(cost_micro_usd) as priced,
                avg(cost_micro_usd)::double precision as mean_cost,
                percentile_cont(0.5) within group (order by cost_micro_usd::double precision) as median_cost,
                percentile_cont(0.75) within group (order by cost_micro_usd::double precision) as "costP75",
                avg(duration_seconds) as mean_duration,
                percentile_cont(0.25) within group (order by duration_seconds) as "durationP25",
                percentile_cont(0.5) within group (order by duration_seconds) as median_duration,
                percentile_cont(0.75) within group (order by duration_seconds) as "durationP75"
            from agent_performance_scores
            where created_at >= \(time)::timestamptz and passed is distinct from false and experiment_id is null
                and objective_category is not null
            group by grouping sets (
                (agent_id, objective_category), (objective_category, task_complexity), (objective_category))
            having grouping(task_complexity) = 1 or task_complexity is not null
            """, as: Effort.self)
    }
}
