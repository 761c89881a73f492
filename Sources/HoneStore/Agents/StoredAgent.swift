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
    /// Another prompt that has a share of its tasks.
    public var canary: Canary?
    public var createdAt: Date
    public var updatedAt: Date

    public var id: AgentID { agent.id }

    private enum CodingKeys: String, CodingKey {
        case reviewCriteria, promptID, promptSince, canaryPromptID, canaryShare, createdAt, updatedAt
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        agent = try Agent(from: decoder)
        reviewCriteria = try container.decode([String: String].self, forKey: .reviewCriteria)
        promptID = try container.decodeIfPresent(PromptID.self, forKey: .promptID)
        promptSince = try container.decodeIfPresent(Date.self, forKey: .promptSince)
        if let prompt = try container.decodeIfPresent(PromptID.self, forKey: .canaryPromptID) {
            canary = Canary(promptID: prompt, share: try container.decode(Double.self, forKey: .canaryShare))
        }
        createdAt = try container.decode(Date.self, forKey: .createdAt)
        updatedAt = try container.decode(Date.self, forKey: .updatedAt)
    }
}

/// A prompt that is tried on a share of an agent's tasks.
public struct Canary: Sendable, Hashable {
    public var promptID: PromptID
    /// In 0…1.
    public var share: Double

    public init(promptID: PromptID, share: Double) {
        self.promptID = promptID
        self.share = share
    }

    /// Whether a task is one of its share. Always the same for one task; drawn anew for each prompt, so that the next
    /// canary does not meet the tasks of the last; and what had it goes on having it when the share grows.
    public func takes(_ task: TaskID) -> Bool {
        let draw = task.uuid.derived("canary/\(promptID)").uuid
        let bits = withUnsafeBytes(of: draw) { UInt64(bigEndian: $0.loadUnaligned(fromByteOffset: 0, as: UInt64.self)) }
        // The first 48 bits: those behind hold the version.
        return Double(bits >> 16) * 0x1p-48 < share
    }
}

extension StoredAgent {
    /// What it does a task with: its canary, for that one's share of the tasks, else its production prompt.
    public func prompt(for task: TaskID) -> PromptID? {
        if let canary, canary.takes(task) { return canary.promptID }
        return promptID
    }
}

/// What applying a declared resource did.
public enum Change: String, Sendable, Codable, CaseIterable {
    case created, updated, unchanged
}
