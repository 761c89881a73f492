public import Foundation
public import HoneCore
import HoneStore

/// One attempt at a task that is over.
public struct AttemptBody: Codable, Sendable {
    public var attempt: Int
    public var agentID: AgentID
    @OrNull public var promptID: PromptID?
    @OrNull public var model: ModelID?
    public var usage: TokenUsage
    @OrNull public var costUSD: Double?
    public var durationSeconds: Double
    @OrNull public var timeToFirstTokenSeconds: Double?
    @OrNull public var finishReason: String?
    public var nodes: [NodeRecord]
    @OrNull public var output: JSONValue?
    @OrNull public var error: TaskFault?
    /// Whether the task as a whole failed with it.
    public var final: Bool
    @OrNull public var endedAt: Date?

    enum CodingKeys: String, CodingKey {
        case attempt, model, usage, nodes, output, error, final
        case agentID = "agent_id"
        case promptID = "prompt_id"
        case costUSD = "cost_usd"
        case durationSeconds = "duration_seconds"
        case timeToFirstTokenSeconds = "time_to_first_token_seconds"
        case finishReason = "finish_reason"
        case endedAt = "ended_at"
    }

    init(_ execution: ExecutionRecord) {
        attempt = execution.attempt
        agentID = execution.agentID
        promptID = execution.promptID
        model = execution.model
        usage = execution.usage
        costUSD = execution.cost?.dollars
        durationSeconds = execution.durationSeconds
        timeToFirstTokenSeconds = execution.timeToFirstTokenSeconds
        finishReason = execution.finishReason
        nodes = execution.nodes
        output = execution.output
        error = execution.fault
        final = execution.isFinalFailure
        endedAt = execution.endedAt
    }
}
