public import HoneCore

/// A decision from the log whose outcome is known.
public struct LoggedDecision: Hashable, Sendable {
    public var category: Category
    /// In order of id.
    public var candidates: [AgentID]
    /// What the policy knew of each.
    public var beliefs: [UtilityBelief]
    /// The chance with which each could have been chosen.
    public var propensities: [Double]
    /// The place of the one that was.
    public var chosen: Int
    /// The overall score of the work, 0 when the agent failed.
    public var reward: Double

    /// nil when the lists do not fit together.
    public init?(
        category: Category, candidates: [AgentID], beliefs: [UtilityBelief], propensities: [Double], chosen: AgentID,
        reward: Double
    ) {
        guard let place = candidates.firstIndex(of: chosen), beliefs.count == candidates.count,
            propensities.count == candidates.count, propensities[place] > 0
        else { return nil }
        self.category = category
        self.candidates = candidates
        self.beliefs = beliefs
        self.propensities = propensities
        self.chosen = place
        self.reward = reward
    }
}

extension RoutingPolicyName {
    /// The chances with which this policy would have chosen among the candidates. Taking turns gives everybody the same
    /// one: whose turn it would have been, the log does not know.
    func propensities(_ decision: LoggedDecision) -> [Double] {
        switch self {
        case .roundRobin:
            return decision.beliefs.map { _ in 1 / Double(decision.beliefs.count) }
        case .thompson:
            return ChanceOfMaximum(decision.beliefs).probabilities()
        case .greedy, .ucb:
            var generator = SeededGenerator(seed: UInt64(0))
            return policy.choose(among: decision.beliefs, turn: 0, using: &generator).propensities
        }
    }
}
