public import Foundation
public import HoneCore
import Postgres

/// A decision with what became of it.
public struct DecisionOutcome: Sendable, Decodable {
    public var category: HoneCore.Category
    public var agentID: AgentID
    public var candidates: [AgentID]
    public var propensities: [Double]
    public var featureNames: [String]
    public var features: [Double]
    /// Nil while the attempt is not over.
    public var isCompleted: Bool?
    public var errorCode: ErrorCode?
    /// Nil when nobody could say.
    public var overall: Double?
}

/// How many decisions are on record with what became of them.
public struct JoinCoverage: Sendable, Decodable, Hashable {
    public var decisions: Int
    /// Those whose task is over.
    public var finished: Int
    /// Those among them with their outcome: the attempt on record, scored if it was completed; or the task's own end, if
    /// it came before the attempt's.
    public var joined: Int

    public init(decisions: Int, finished: Int, joined: Int) {
        self.decisions = decisions
        self.finished = finished
        self.joined = joined
    }

    /// joined / finished; nil before anything is finished.
    public var share: Double? { finished > 0 ? Double(joined) / Double(finished) : nil }
}

extension Routing {
    /// First decisions on tasks that were not pinned, between two times, the latest `limit` of them, oldest first. Trials
    /// are left out.
    public func outcomes(from: Date, to: Date, limit: Int) async throws -> [DecisionOutcome] {
        try await executor.query(
            """
            select category, "agentID", candidates, propensities, feature_names, features, is_completed, error_code,
                overall
            from (
                select decision.created_at, decision.task_id, coalesce(task.category, 'general') as category,
                    decision.agent_id as "agentID", decision.candidates, decision.propensities,
                    decision.feature_names, decision.features, execution.status = 'completed' as is_completed,
                    execution.error_code, score.overall_score as overall
                from routing_decisions as decision
                join agent_tasks as task on task.id = decision.task_id
                left join executions as execution
                    on execution.task_id = decision.task_id and execution.attempt = decision.attempt
                left join agent_performance_scores as score
                    on score.task_id = decision.task_id and score.attempt = decision.attempt
                where decision.created_at >= \(from)::timestamptz and decision.created_at < \(to)::timestamptz
                    and decision.attempt = 1 and decision.policy <> 'pinned' and task.experiment_id is null
                order by decision.created_at desc, decision.task_id desc limit \(limit)::bigint
            ) as latest
            order by created_at, task_id
            """, as: DecisionOutcome.self)
    }

    /// Of the latest `limit` decisions between two times.
    public func joinCoverage(from: Date, to: Date, limit: Int) async throws -> JoinCoverage {
        try await executor.first(
            """
            select count(*) as decisions, count(*) filter (where task.finished_at is not null) as finished,
                count(*) filter (where task.finished_at is not null and case
                    when execution.status = 'completed' then score.task_id is not null
                    when execution.status = 'failed' then true
                    else decision.attempt = task.attempt and task.status <> 'completed' end) as joined
            from (
                select task_id, attempt from routing_decisions
                where created_at >= \(from)::timestamptz and created_at < \(to)::timestamptz
                order by created_at desc limit \(limit)::bigint
            ) as decision
            join agent_tasks as task on task.id = decision.task_id
            left join executions as execution
                on execution.task_id = decision.task_id and execution.attempt = decision.attempt
            left join agent_performance_scores as score
                on score.task_id = decision.task_id and score.attempt = decision.attempt
            """, as: JoinCoverage.self) ?? JoinCoverage(decisions: 0, finished: 0, joined: 0)
    }
}
