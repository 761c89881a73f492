public import HoneCore
import Postgres

/// `agent_tasks`: what was asked for and how far it has come. A task moves forward only, and ends exactly once.
public struct Tasks: Sendable {
    let executor: any SQLExecutor

    /// The tasks of these ids, in no particular order; unknown ids are left out.
    public func load(_ ids: [TaskID]) async throws -> [TaskRecord] {
        try await executor.query(
            """
            select id, submission_id as "submissionID", status, category, complexity, category_confidence,
                complexity_estimated, priority, deadline, input,
                constraints, expected, pin, metadata, unknown_fields as unknown, user_id as "userID",
                session_id as "sessionID", reply_to, traceparent, experiment_id as "experimentID",
                parent_task_id as "parentTaskID", owner, agent_id as "agentID", prompt_id as "promptID",
                routing_decision_id as "routingDecisionID", attempt, failed_attempt, output, error_code,
                error_message, created_at, moved_at, finished_at
            from agent_tasks where id = any(\(ids)::uuid[])
            """, as: TaskRecord.self)
    }

    public func load(_ id: TaskID) async throws -> TaskRecord? {
        try await load([id]).first
    }

    /// Those of these tasks that are over.
    public func ended(among ids: [TaskID]) async throws -> [TaskID] {
        guard !ids.isEmpty else { return [] }
        return try await executor.query(
            """
            select id from agent_tasks where id = any(\(ids)::uuid[]) and finished_at is not null
            """, as: TaskID.self)
    }

    /// The agents that were given each task, first attempt first.
    public func triedAgents(_ ids: [TaskID]) async throws -> [TaskID: [AgentID]] {
        struct Row: Decodable {
            var taskID: TaskID
            var agents: [AgentID]
        }
        let rows = try await executor.query(
            """
            select task_id as "taskID", array_agg(agent_id order by attempt) as agents
            from routing_decisions where task_id = any(\(ids)::uuid[]) group by task_id
            """, as: Row.self)
        return Dictionary(rows.map { ($0.taskID, $0.agents) }) { first, _ in first }
    }

    /// How many tasks are in each state.
    public func counts() async throws -> [TaskStatus: Int] {
        struct Row: Decodable {
            var status: TaskStatus
            var count: Int
        }
        let rows = try await executor.query(
            """
            select status, count(*) as count from agent_tasks group by status
            """, as: Row.self)
        return Dictionary(rows.map { ($0.status, $0.count) }) { first, _ in first }
    }
}
