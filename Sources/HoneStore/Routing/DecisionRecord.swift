public import Foundation
public import HoneCore

/// Why a task went to an agent: enough to replay the choice, and to ask what another policy would have done.
public struct DecisionRecord: Sendable, Hashable, Decodable {
    public var id: RoutingDecisionID
    /// `thompson`, `greedy`, `ucb`, `round_robin` or `pinned`.
    public var policy: String
    public var candidates: [AgentID]
    /// One per candidate, as the next two.
    public var scores: [Double]
    public var propensities: [Double]
    public var featureNames: [String]
    /// Candidate by candidate, each in the order of `featureNames`.
    public var features: [Double]
    public var reason: String
    public var seed: Int64

    public init(
        id: RoutingDecisionID, policy: String, candidates: [AgentID], scores: [Double], propensities: [Double],
        featureNames: [String] = [], features: [Double] = [], reason: String, seed: Int64
    ) {
        self.id = id
        self.policy = policy
        self.candidates = candidates
        self.scores = scores
        self.propensities = propensities
        self.featureNames = featureNames
        self.features = features
        self.reason = reason
        self.seed = seed
    }
}

/// A stored decision with what it was about.
public struct RoutedAttempt: Sendable, Decodable {
    public var taskID: TaskID
    public var attempt: Int
    public var agentID: AgentID
    public var decision: DecisionRecord
    public var createdAt: Date

    private enum CodingKeys: String, CodingKey {
        case taskID, attempt, agentID, createdAt
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        taskID = try container.decode(TaskID.self, forKey: .taskID)
        attempt = try container.decode(Int.self, forKey: .attempt)
        agentID = try container.decode(AgentID.self, forKey: .agentID)
        createdAt = try container.decode(Date.self, forKey: .createdAt)
        decision = try DecisionRecord(from: decoder)
    }
}
