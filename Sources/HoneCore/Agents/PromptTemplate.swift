/// What an agent says to its model: Jinja-style templates and worked examples placed as chat turns before the input.
public struct PromptTemplate: Hashable, Sendable, Codable {
    public var system: String?
    public var user: String
    public var demonstrations: [Demonstration]

    public init(system: String? = nil, user: String = "{{ input }}", demonstrations: [Demonstration] = []) {
        self.system = system
        self.user = user
        self.demonstrations = demonstrations
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        system = try container.decodeIfPresent(String.self, forKey: .system)
        user = try container.decodeIfPresent(String.self, forKey: .user) ?? "{{ input }}"
        demonstrations = try container.decodeIfPresent([Demonstration].self, forKey: .demonstrations) ?? []
    }
}

/// One worked example.
public struct Demonstration: Hashable, Sendable, Codable {
    public var user: String
    public var assistant: String

    public init(user: String, assistant: String) {
        self.user = user
        self.assistant = assistant
    }
}

/// An immutable, versioned prompt of an agent; `lifecycle` is read from its transitions.
public struct Prompt: Hashable, Sendable, Codable {
    public var id: PromptID
    public var agentID: AgentID
    public var version: String
    public var template: PromptTemplate

    public init(id: PromptID, agentID: AgentID, version: String, template: PromptTemplate) {
        self.id = id
        self.agentID = agentID
        self.version = version
        self.template = template
    }
}

public enum PromptLifecycle: String, Codable, CaseIterable, Sendable {
    case draft, experimental, candidate, production, archived
}
