public import Foundation
public import HoneCore
import Postgres

/// Failed attempts of one agent with one code.
public struct FailureCount: Sendable, Decodable, Hashable {
    public var errorCode: ErrorCode
    public var agentID: AgentID
    public var count: Int
}

/// Money that one agent spent on one model; without an agent, what judging cost.
public struct Spending: Sendable, Decodable, Hashable {
    public var agentID: AgentID?
    public var model: ModelID?
    /// Model calls of work, reviews and judgements: attempts, not tokens.
    public var count: Int
    public var cost: MicroUSD
}

/// A review beside what is known of the work.
public struct ReviewComparison: Sendable, Decodable, Hashable {
    public var reviewer: AgentID
    public var score: Double
    /// The check where there is one, else the last rating of a person, else the judge; nil without any.
    public var truth: Double?
}

/// What a report tells of a time that the counters do not know.
public struct Reports: Sendable {
    let executor: any SQLExecutor

    /// Failed attempts by code and agent, most first. Trials of experiments are left out.
    public func failures(from: Date, to: Date) async throws -> [FailureCount] {
        try await executor.query(
            """
            select execution.error_code, execution.agent_id as "agentID", count(*) as count
            from executions as execution join agent_tasks as task on task.id = execution.task_id
            where execution.status = 'failed' and task.experiment_id is null
                and execution.created_at >= \(from)::timestamptz and execution.created_at <= \(to)::timestamptz
            group by execution.error_code, execution.agent_id
            order by count(*) desc, execution.error_code, execution.agent_id
            """, as: FailureCount.self)
    }

    /// What was spent on work, reviews and judgements, experiments included; what has no price is counted at nothing.
    public func spending(from: Date, to: Date) async throws -> [Spending] {
        try await executor.query(
            """
            select agent_id as "agentID", model, count(*) as count, coalesce(sum(cost), 0)::bigint as cost
            from (
                select agent_id, model, cost_micro_usd as cost from executions
                where created_at >= \(from)::timestamptz and created_at <= \(to)::timestamptz
                union all
                select evaluator_agent_id, model, cost_micro_usd from agent_peer_evaluations
                where created_at >= \(from)::timestamptz and created_at <= \(to)::timestamptz
                union all
                select null, model, cost_micro_usd from judgements
                where created_at >= \(from)::timestamptz and created_at <= \(to)::timestamptz
            ) as calls
            group by agent_id, model order by agent_id nulls last, model nulls last
            """, as: Spending.self)
    }

    /// Reviews that could say something.
    public func reviews(from: Date, to: Date) async throws -> [ReviewComparison] {
        try await executor.query(
            """
            select reviewer, score, truth from (\(fragment: Reviews.compared)) as compared
            where created_at >= \(from)::timestamptz and created_at <= \(to)::timestamptz
            order by reviewer, task_id
            """, as: ReviewComparison.self)
    }
}
