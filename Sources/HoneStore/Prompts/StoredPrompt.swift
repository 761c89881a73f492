public import Foundation
public import HoneCore
import Postgres

/// A prompt with where it stands.
public struct StoredPrompt: Sendable, Decodable, Hashable {
    public var prompt: Prompt
    public var agentType: String
    public var lifecycle: PromptLifecycle?
    public var since: Date?
    public var createdAt: Date

    private enum CodingKeys: String, CodingKey {
        case agentType, lifecycle, since, createdAt
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        prompt = try Prompt(from: decoder)
        agentType = try container.decode(String.self, forKey: .agentType)
        lifecycle = try container.decodeIfPresent(PromptLifecycle.self, forKey: .lifecycle)
        since = try container.decodeIfPresent(Date.self, forKey: .since)
        createdAt = try container.decode(Date.self, forKey: .createdAt)
    }
}

/// A prompt on its way into the registry.
public struct NewPrompt: Sendable {
    public var agentID: AgentID
    public var template: PromptTemplate
    /// Nil takes the next free minor version of the agent's.
    public var version: String?
    public var agentType: String?
    public var parents: [PromptID]
    /// What made it: `apply`, or an operator of the optimizer.
    public var madeBy: String
    public var actor: String
    public var seed: Int64?
    public var experimentID: ExperimentID?

    public init(
        agentID: AgentID, template: PromptTemplate, version: String? = nil, agentType: String? = nil,
        parents: [PromptID] = [], madeBy: String = "apply", actor: String, seed: Int64? = nil,
        experimentID: ExperimentID? = nil
    ) {
        self.agentID = agentID
        self.template = template
        self.version = version
        self.agentType = agentType
        self.parents = parents
        self.madeBy = madeBy
        self.actor = actor
        self.seed = seed
        self.experimentID = experimentID
    }

    /// How its parents take part in it.
    var parentRole: String {
        guard parents.count > 1 else { return "mutation" }
        return madeBy.contains("merge") ? "merge" : "crossover"
    }

    /// The same words for the same agent are the same prompt.
    public var id: PromptID {
        guard case .text(let text) = JSONText(template).postgresValue else { return PromptID(UUID()) }
        return PromptID(UUID.v5(namespace: .hone, name: "prompt").derived("\(agentID)\n\(text)"))
    }
}
