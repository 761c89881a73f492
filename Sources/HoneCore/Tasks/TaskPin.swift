/// Parts of a task's execution that the publisher fixes instead of leaving them to Hone.
public struct TaskPin: Hashable, Sendable, Codable {
    public var agentID: AgentID?
    public var promptID: PromptID?
    public var model: ModelID?
    public var seed: Int64?
    /// 0 to 2.
    public var temperature: Double?
    /// Texts at which the answer ends; they are not part of it.
    public var stop: [String]?

    public init(
        agentID: AgentID? = nil, promptID: PromptID? = nil, model: ModelID? = nil, seed: Int64? = nil,
        temperature: Double? = nil, stop: [String]? = nil
    ) {
        self.agentID = agentID
        self.promptID = promptID
        self.model = model
        self.seed = seed
        self.temperature = temperature
        self.stop = stop
    }

    private enum CodingKeys: String, CodingKey {
        case agentID = "agent_id"
        case promptID = "prompt_id"
        case model, seed, temperature, stop
    }
}
