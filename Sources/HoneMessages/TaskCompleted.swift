public import HoneBus
public import HoneCore

/// An agent did a task; nobody has judged the work yet.
public struct TaskCompleted: Message {
    public static let type = "hone.task.completed.v1"
    public static let topic = Topic.tasksCompleted

    public var taskID: TaskID
    public var agentID: AgentID
    public var promptID: PromptID?
    /// The model that answered, which a fallback may have changed.
    public var model: ModelID?
    public var attempt: Int
    public var output: JSONValue
    public var nodes: [NodeRecord]
    public var toolCalls: JSONValue?
    public var usage: TokenUsage
    /// nil when the model's price is not known.
    public var costUSD: Double?
    public var durationSeconds: Double
    public var timeToFirstTokenSeconds: Double?
    public var finishReason: String?

    public init(
        taskID: TaskID, agentID: AgentID, promptID: PromptID?, model: ModelID?, attempt: Int, output: JSONValue,
        nodes: [NodeRecord], toolCalls: JSONValue? = nil, usage: TokenUsage, costUSD: Double?,
        durationSeconds: Double, timeToFirstTokenSeconds: Double? = nil, finishReason: String? = nil
    ) {
        self.taskID = taskID
        self.agentID = agentID
        self.promptID = promptID
        self.model = model
        self.attempt = attempt
        self.output = output
        self.nodes = nodes
        self.toolCalls = toolCalls
        self.usage = usage
        self.costUSD = costUSD
        self.durationSeconds = durationSeconds
        self.timeToFirstTokenSeconds = timeToFirstTokenSeconds
        self.finishReason = finishReason
    }

    public var partitionKey: String { taskID.description }

    enum CodingKeys: String, CodingKey {
        case model, attempt, output, nodes, usage
        case taskID = "task_id"
        case agentID = "agent_id"
        case promptID = "prompt_id"
        case toolCalls = "tool_calls"
        case costUSD = "cost_usd"
        case durationSeconds = "duration_seconds"
        case timeToFirstTokenSeconds = "time_to_first_token_seconds"
        case finishReason = "finish_reason"
    }
}
