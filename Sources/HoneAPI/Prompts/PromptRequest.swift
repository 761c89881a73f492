public import HoneCore

/// A prompt that somebody wants in the registry, as a draft.
public struct PromptRequest: Codable, Sendable {
    public var agentID: AgentID
    public var template: PromptTemplate
    /// Semantic, such as 1.4.0; the next minor one of the agent's when it is nil.
    public var version: String?
    /// What kind of agent it is written for; the agent's own kind when it is nil.
    public var agentType: String?
    public var parents: [PromptID]?

    enum CodingKeys: String, CodingKey {
        case template, version, parents
        case agentID = "agent_id"
        case agentType = "agent_type"
    }

    public func validate() throws(InvalidValue) {
        if let version,
            version.wholeMatch(of: /(0|[1-9][0-9]{0,8})(\.(0|[1-9][0-9]{0,8})){2}(-[0-9A-Za-z.-]{1,64})?/) == nil
        {
            throw InvalidValue(
                path: "version", found: InvalidValue.summary(of: .string(version)),
                expected: "a semantic version such as 1.4.0")
        }
        try template.validate(at: "template")
        if let agentType { try ResourceRules.notEmpty(agentType, "agent_type") }
        if let parents, Set(parents).count < parents.count {
            throw InvalidValue(path: "parents", found: "the same one twice", expected: "each parent once")
        }
    }
}

/// Why a prompt is approved, rejected, deployed or taken back.
public struct ReasonRequest: Codable, Sendable {
    public var reason: String?

    public init() {}
}
