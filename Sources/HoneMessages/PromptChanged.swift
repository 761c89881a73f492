public import HoneBus
public import HoneCore

/// A prompt moved through its lifecycle or, where `from` equals `to`, got another share of its agent's tasks; routers and
/// executors drop what they cached.
public struct PromptChanged: Message {
    public static let type = "hone.prompt.changed.v1"
    public static let topic = Topic.promptsChanged

    public var promptID: PromptID
    public var agentType: AgentType
    public var agentID: AgentID
    public var version: String
    /// nil for a prompt that did not exist before.
    public var from: PromptLifecycle?
    public var to: PromptLifecycle

    public init(
        promptID: PromptID, agentType: AgentType, agentID: AgentID, version: String, from: PromptLifecycle?,
        to: PromptLifecycle
    ) {
        self.promptID = promptID
        self.agentType = agentType
        self.agentID = agentID
        self.version = version
        self.from = from
        self.to = to
    }

    public var partitionKey: String { agentID.rawValue }

    enum CodingKeys: String, CodingKey {
        case version, from, to
        case promptID = "prompt_id"
        case agentType = "agent_type"
        case agentID = "agent_id"
    }
}
