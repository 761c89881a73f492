public import Foundation
public import HoneCore
import Postgres

/// One attempt in an agent's history.
public struct PastExecution: Sendable, Decodable {
    public var taskID: TaskID
    public var attempt: Int
    public var agentID: AgentID
    public var promptID: PromptID?
    public var category: HoneCore.Category?
    public var model: ModelID?
    /// `completed` or `failed`.
    public var status: String
    public var errorCode: ErrorCode?
    public var inputTokens: Int
    public var outputTokens: Int
    public var llmCalls: Int
    public var cost: MicroUSD?
    public var durationSeconds: Double
    public var timeToFirstTokenSeconds: Double?
    public var finishReason: String?
    public var endedAt: Date
}

extension Executions {
    /// What an agent has done, the latest first; `place` is where the page before ended. With an owner only what belongs
    /// to that caller of the gateway.
    public func history(
        of agent: AgentID, owner: String? = nil, after place: (endedAt: Date, taskID: TaskID)? = nil, limit: Int
    ) async throws -> [PastExecution] {
        try await executor.query(
            """
            select execution.task_id as "taskID", execution.attempt, execution.agent_id as "agentID",
                execution.prompt_id as "promptID", task.category, execution.model, execution.status,
                execution.error_code, execution.input_tokens, execution.output_tokens, execution.llm_calls,
                execution.cost_micro_usd as cost, execution.duration_seconds, execution.time_to_first_token_seconds,
                execution.finish_reason, execution.created_at as ended_at
            from executions as execution join agent_tasks as task on task.id = execution.task_id
            where execution.agent_id = \(agent)::text
                and (\(owner)::text is null or task.owner = \(owner)::text)
                and (\(place?.endedAt)::timestamptz is null
                    or (execution.created_at, execution.task_id)
                        < (\(place?.endedAt)::timestamptz, \(place?.taskID)::uuid))
            order by execution.created_at desc, execution.task_id desc limit \(limit)::bigint
            """, as: PastExecution.self)
    }
}
