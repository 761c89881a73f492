public import Foundation
public import HoneCore
public import HoneStore

/// Why a task went to an agent.
public struct DecisionBody: Codable, Sendable {
    public var id: RoutingDecisionID
    public var taskID: TaskID
    public var attempt: Int
    public var agentID: AgentID
    public var policy: String
    public var candidates: [AgentID]
    /// One per candidate, as the next one.
    public var scores: [Double]
    public var propensities: [Double]
    public var reason: String
    public var seed: Int64
    public var createdAt: Date

    enum CodingKeys: String, CodingKey {
        case id, attempt, policy, candidates, scores, propensities, reason, seed
        case taskID = "task_id"
        case agentID = "agent_id"
        case createdAt = "created_at"
    }

    public init(_ routed: RoutedAttempt) {
        id = routed.decision.id
        taskID = routed.taskID
        attempt = routed.attempt
        agentID = routed.agentID
        policy = routed.decision.policy
        candidates = routed.decision.candidates
        scores = routed.decision.scores
        propensities = routed.decision.propensities
        reason = routed.decision.reason
        seed = routed.decision.seed
        createdAt = routed.createdAt
    }
}
