public import HoneBus
public import HoneCore

/// An attempt at a task failed; `final` says that the task as a whole has.
public struct TaskFailed: Message {
    public static let type = "hone.task.failed.v1"
    public static let topic = Topic.tasksFailed

    public var taskID: TaskID
    /// nil when no agent was found for the task.
    public var agentID: AgentID?
    /// 0 when no agent was found for the task.
    public var attempt: Int
    public var error: TaskFault
    public var usage: TokenUsage?
    public var costUSD: Double?
    public var durationSeconds: Double?
    public var final: Bool

    public init(
        taskID: TaskID, agentID: AgentID?, attempt: Int, error: TaskFault, usage: TokenUsage? = nil,
        costUSD: Double? = nil, durationSeconds: Double? = nil, final: Bool
    ) {
        self.taskID = taskID
        self.agentID = agentID
        self.attempt = attempt
        self.error = error
        self.usage = usage
        self.costUSD = costUSD
        self.durationSeconds = durationSeconds
        self.final = final
    }

    public var partitionKey: String { taskID.description }

    enum CodingKeys: String, CodingKey {
        case attempt, error, usage, final
        case taskID = "task_id"
        case agentID = "agent_id"
        case costUSD = "cost_usd"
        case durationSeconds = "duration_seconds"
    }
}
