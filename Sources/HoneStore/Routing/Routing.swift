public import Foundation
public import HoneCore
import Postgres

/// `routing_decisions`, and what the router must know of the world before it decides. Decisions are written by
/// ``Tasks/route(_:)``, together with the tasks they move.
public struct Routing: Sendable {
    let executor: any SQLExecutor

    /// The decisions on a task, one per attempt, first to last.
    public func decisions(of task: TaskID) async throws -> [RoutedAttempt] {
        try await executor.query(
            """
            select id, task_id as "taskID", attempt, agent_id as "agentID", policy, candidates, scores, propensities,
                feature_names, features, reason, seed, created_at
            from routing_decisions where task_id = \(task)::uuid order by attempt
            """, as: RoutedAttempt.self)
    }

    /// The latest decisions before `time`, newest first.
    public func decisions(before time: Date, limit: Int) async throws -> [RoutedAttempt] {
        try await executor.query(
            """
            select id, task_id as "taskID", attempt, agent_id as "agentID", policy, candidates, scores, propensities,
                feature_names, features, reason, seed, created_at
            from routing_decisions where created_at < \(time)::timestamptz
            order by created_at desc limit \(limit)::bigint
            """, as: RoutedAttempt.self)
    }

    /// How many tasks each agent has in hand; agents without any are left out.
    public func inFlight() async throws -> [AgentID: Int] {
        struct Row: Decodable {
            var agentID: AgentID
            var count: Int
        }
        let rows = try await executor.query(
            """
            select agent_id as "agentID", count(*) as count from agent_tasks
            where finished_at is null and agent_id is not null and failed_attempt < attempt
            group by agent_id
            """, as: Row.self)
        return Dictionary(rows.map { ($0.agentID, $0.count) }) { first, _ in first }
    }
}
