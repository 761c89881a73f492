/// Parts of a task's execution that the publisher fixes instead of leaving them to Hone.
public struct TaskPin: Hashable, Sendable, Codable {
    public var agentID: AgentID?
    public var promptID: PromptID?
    public var model: ModelID?
    public var seed: Int64?

    public init(agentID: AgentID? = nil, promptID: PromptID? = nil, model: ModelID? = nil, seed: Int64? = nil) {
        self.agentID = agentID
        self.promptID = promptID
        self.model = model
        self.seed = seed
    }

    private enum CodingKeys: String, CodingKey {
        case agentID = "agent_id"
        case promptID = "prompt_id"
        case model, seed
    }
}
