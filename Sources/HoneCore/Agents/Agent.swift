/// Someone who does work: a prompt on a model, or an outside system.
public struct Agent: Hashable, Sendable, Codable {
    public var id: AgentID
    public var nickname: String
    public var type: AgentType
    public var roles: Set<AgentRole>
    public var lifecycle: AgentLifecycle
    /// Categories it may take.
    public var specialization: [Category]
    public var model: ModelID?
    public var parameters: ModelParameters
    public var tools: [String]
    /// Tasks it takes at the same time.
    public var capacity: Int

    public init(
        id: AgentID, nickname: String? = nil, type: AgentType = .llm, roles: Set<AgentRole> = [.worker],
        lifecycle: AgentLifecycle = .live, specialization: [Category] = [], model: ModelID? = nil,
        parameters: ModelParameters = .init(), tools: [String] = [], capacity: Int = 4
    ) {
        self.id = id
        self.nickname = nickname ?? id.rawValue
        self.type = type
        self.roles = roles
        self.lifecycle = lifecycle
        self.specialization = specialization
        self.model = model
        self.parameters = parameters
        self.tools = tools
        self.capacity = capacity
    }
}

public enum AgentType: String, Codable, CaseIterable, Sendable {
    case llm, openwebui, comfyui, webhook, superoptix, standalone
    case phoneBot = "phone_bot"
}

public enum AgentRole: String, Codable, CaseIterable, Sendable {
    case worker, reviewer
}

/// Whether an agent may be given work; what it is doing right now is its *activity*.
public enum AgentLifecycle: String, Codable, CaseIterable, Sendable {
    case dev, live, optimizing, error, retired
}
