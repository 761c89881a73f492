public import HoneCore

/// One agent's review of another's work.
public struct ReviewRecord: Sendable, Hashable, Decodable {
    public var taskID: TaskID
    public var evaluatedAgentID: AgentID
    public var evaluatorAgentID: AgentID
    /// The mean of the criteria; nil when the reviewer could not say.
    public var score: Double?
    /// Per criterion, 0…1.
    public var criteria: [String: Double]
    public var feedback: String
    /// One over the chance that the task was sampled.
    public var samplingWeight: Double
    public var model: ModelID?
    public var inputTokens: Int
    public var outputTokens: Int
    public var cost: MicroUSD?
    public var durationSeconds: Double

    public init(
        taskID: TaskID, evaluatedAgentID: AgentID, evaluatorAgentID: AgentID, score: Double?,
        criteria: [String: Double], feedback: String, samplingWeight: Double = 1, model: ModelID?,
        usage: TokenUsage = TokenUsage(), cost: MicroUSD?, durationSeconds: Double
    ) {
        self.taskID = taskID
        self.evaluatedAgentID = evaluatedAgentID
        self.evaluatorAgentID = evaluatorAgentID
        self.score = score
        self.criteria = criteria
        self.feedback = feedback
        self.samplingWeight = samplingWeight
        self.model = model
        inputTokens = usage.inputTokens
        outputTokens = usage.outputTokens
        self.cost = cost
        self.durationSeconds = durationSeconds
    }
}

/// Whose review of which task.
public struct ReviewKey: Hashable, Sendable, Decodable {
    public var taskID: TaskID
    public var evaluatorAgentID: AgentID

    public init(taskID: TaskID, evaluatorAgentID: AgentID) {
        self.taskID = taskID
        self.evaluatorAgentID = evaluatorAgentID
    }
}

/// A live agent that reviews others.
public struct Reviewer: Sendable {
    public var agent: Agent
    /// Criterion to its meaning.
    public var criteria: [String: String]
    public var prompt: Prompt?
}
