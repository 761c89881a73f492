public import Foundation
public import HoneIntelligence
public import HoneStore

/// How routing does: by which policy, and whether its decisions find their outcomes.
public struct RoutingBody: Codable, Sendable {
    public var policy: RoutingPolicyName
    public var from: Date
    public var to: Date
    public var decisions: Int
    /// Decisions whose task is over, and those among them whose outcome is on record.
    public var finished: Int
    public var joined: Int
    /// joined / finished; null before anything is finished.
    @OrNull public var joinCoverage: Double?

    enum CodingKeys: String, CodingKey {
        case policy, from, to, decisions, finished, joined
        case joinCoverage = "join_coverage"
    }

    public init(_ policy: RoutingPolicyName, from: Date, to: Date, _ coverage: JoinCoverage) {
        self.policy = policy
        self.from = from
        self.to = to
        decisions = coverage.decisions
        finished = coverage.finished
        joined = coverage.joined
        joinCoverage = coverage.share
    }
}
