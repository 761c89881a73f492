public import Foundation
public import HoneCore

/// An agent with what the tables know besides its definition.
public struct StoredAgent: Sendable, Decodable, Hashable {
    public var agent: Agent
    /// What a reviewer looks at: criterion to its meaning. Empty for those who do not review.
    public var reviewCriteria: [String: String]
    /// Its production prompt; nil for agents that have none.
    public var promptID: PromptID?
    /// Since when that prompt is in production.
    public var promptSince: Date?
    public var createdAt: Date
    public var updatedAt: Date

    public var id: AgentID { agent.id }

    private enum CodingKeys: String, CodingKey {
        case reviewCriteria, promptID, promptSince, createdAt, updatedAt
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        agent = try Agent(from: decoder)
        reviewCriteria = try container.decode([String: String].self, forKey: .reviewCriteria)
        promptID = try container.decodeIfPresent(PromptID.self, forKey: .promptID)
        promptSince = try container.decodeIfPresent(Date.self, forKey: .promptSince)
        createdAt = try container.decode(Date.self, forKey: .createdAt)
        updatedAt = try container.decode(Date.self, forKey: .updatedAt)
    }
}

/// What applying a declared resource did.
public enum Change: String, Sendable, Codable, CaseIterable {
    case created, updated, unchanged
}
