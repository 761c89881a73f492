/// What an agent says to its model: Jinja-style templates, worked examples placed as chat turns before the input, the
/// words and the form of the answer, and how the model is to be called.
///
/// All of it is one document: a prompt's id derives from it, and it is tried, promoted, taken back and exported whole. Parts
/// that are absent are not encoded, so that prompts from before they existed keep their ids.
public struct PromptTemplate: Hashable, Sendable, Codable {
    public var system: String?
    public var user: String
    public var demonstrations: [Demonstration]
    /// The word that the model is to say for each label of the task: `positive` → `good`. Demonstrations are shown with
    /// these words, and the answer is told as the label again.
    public var labels: [String: String]?
    /// The form that the endpoint forces on the answer; nil leaves it free.
    public var answer: AnswerForm?
    /// What the model is told besides its messages; each takes the place of the agent's own.
    public var parameters: ModelParameters?

    public init(
        system: String? = nil, user: String = "{{ input }}", demonstrations: [Demonstration] = [],
        labels: [String: String]? = nil, answer: AnswerForm? = nil, parameters: ModelParameters? = nil
    ) {
        self.system = system
        self.user = user
        self.demonstrations = demonstrations
        self.labels = labels
        self.answer = answer
        self.parameters = parameters
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        system = try container.decodeIfPresent(String.self, forKey: .system)
        user = try container.decodeIfPresent(String.self, forKey: .user) ?? "{{ input }}"
        demonstrations = try container.decodeIfPresent([Demonstration].self, forKey: .demonstrations) ?? []
        labels = try container.decodeIfPresent([String: String].self, forKey: .labels)
        answer = try container.decodeIfPresent(AnswerForm.self, forKey: .answer)
        parameters = try container.decodeIfPresent(ModelParameters.self, forKey: .parameters)
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
