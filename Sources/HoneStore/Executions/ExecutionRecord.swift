public import Foundation
public import HoneCore

/// One attempt at a task, over and told whole.
public struct ExecutionRecord: Sendable {
    public var taskID: TaskID
    public var attempt: Int
    public var agentID: AgentID
    public var promptID: PromptID?
    /// The model that answered, which a fallback may have changed.
    public var model: ModelID?
    public var temperature: Double?
    public var usage: TokenUsage
    /// Nil when the model's price is not known.
    public var cost: MicroUSD?
    public var durationSeconds: Double
    public var timeToFirstTokenSeconds: Double?
    public var finishReason: String?
    public var toolCalls: JSONValue?
    public var nodes: [NodeRecord]
    public var result: Result
    /// When it ended; the database's clock when it is nil.
    public var endedAt: Date?

    /// How the attempt ended.
    public enum Result: Sendable, Hashable {
        case completed(output: JSONValue)
        /// `final` says that the task as a whole has failed.
        case failed(TaskFault, final: Bool)
    }

    public init(
        taskID: TaskID, attempt: Int, agentID: AgentID, promptID: PromptID? = nil, model: ModelID? = nil,
        temperature: Double? = nil, usage: TokenUsage = TokenUsage(), cost: MicroUSD? = nil, durationSeconds: Double,
        timeToFirstTokenSeconds: Double? = nil, finishReason: String? = nil, toolCalls: JSONValue? = nil,
        nodes: [NodeRecord] = [], result: Result, endedAt: Date? = nil
    ) {
        self.taskID = taskID
        self.attempt = attempt
        self.agentID = agentID
        self.promptID = promptID
        self.model = model
        self.temperature = temperature
        self.usage = usage
        self.cost = cost
        self.durationSeconds = durationSeconds
        self.timeToFirstTokenSeconds = timeToFirstTokenSeconds
        self.finishReason = finishReason
        self.toolCalls = toolCalls
        self.nodes = nodes
        self.result = result
        self.endedAt = endedAt
    }
}

extension ExecutionRecord {
    public var output: JSONValue? { if case .completed(let output) = result { output } else { nil } }
    public var fault: TaskFault? { if case .failed(let fault, _) = result { fault } else { nil } }
    public var isFinalFailure: Bool { if case .failed(_, final: true) = result { true } else { false } }
    var latencyMilliseconds: Int64 { Int64((durationSeconds * 1_000).rounded()) }
}
