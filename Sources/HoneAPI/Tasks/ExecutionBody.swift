public import Foundation
public import HoneCore
public import HoneStore

/// One attempt in an agent's history; nothing of what it was about.
public struct ExecutionBody: Codable, Sendable {
    public var taskID: TaskID
    public var attempt: Int
    public var agentID: AgentID
    @OrNull public var promptID: PromptID?
    @OrNull public var category: HoneCore.Category?
    @OrNull public var model: ModelID?
    /// `completed` or `failed`.
    public var status: String
    @OrNull public var errorCode: ErrorCode?
    public var usage: TokenUsage
    @OrNull public var costUSD: Double?
    public var durationSeconds: Double
    @OrNull public var timeToFirstTokenSeconds: Double?
    @OrNull public var finishReason: String?
    public var endedAt: Date

    enum CodingKeys: String, CodingKey {
        case attempt, category, model, status, usage
        case taskID = "task_id"
        case agentID = "agent_id"
        case promptID = "prompt_id"
        case errorCode = "error_code"
        case costUSD = "cost_usd"
        case durationSeconds = "duration_seconds"
        case timeToFirstTokenSeconds = "time_to_first_token_seconds"
        case finishReason = "finish_reason"
        case endedAt = "ended_at"
    }

    public init(_ execution: PastExecution) {
        taskID = execution.taskID
        attempt = execution.attempt
        agentID = execution.agentID
        promptID = execution.promptID
        category = execution.category
        model = execution.model
        status = execution.status
        errorCode = execution.errorCode
        usage = TokenUsage(
            inputTokens: execution.inputTokens, outputTokens: execution.outputTokens, llmCalls: execution.llmCalls)
        costUSD = execution.cost?.dollars
        durationSeconds = execution.durationSeconds
        timeToFirstTokenSeconds = execution.timeToFirstTokenSeconds
        finishReason = execution.finishReason
        endedAt = execution.endedAt
    }
}
