/// What a publisher allows. Absent means unlimited.
public struct TaskConstraints: Hashable, Sendable, Codable {
    /// Dollars for all model calls of the task's work.
    public var maxCost: Double?
    /// Seconds from the start of the work to its end.
    public var maxDuration: Double?
    /// Output tokens of one attempt.
    public var maxTokens: Int?
    /// Only these agents; nil allows all.
    public var agents: [AgentID]?
    public var exclude: [AgentID]?
    /// Only agents that have all of these.
    public var tools: [String]?

    public init(
        maxCost: Double? = nil, maxDuration: Double? = nil, maxTokens: Int? = nil, agents: [AgentID]? = nil,
        exclude: [AgentID]? = nil, tools: [String]? = nil
    ) {
        self.maxCost = maxCost
        self.maxDuration = maxDuration
        self.maxTokens = maxTokens
        self.agents = agents
        self.exclude = exclude
        self.tools = tools
    }

    private enum CodingKeys: String, CodingKey {
        case maxCost = "max_cost"
        case maxDuration = "max_duration"
        case maxTokens = "max_tokens"
        case agents, exclude, tools
    }
}
