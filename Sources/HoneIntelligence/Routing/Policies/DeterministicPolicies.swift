public import HoneCore

/// Takes the agent that is believed best, and so never learns that it was wrong about another.
public struct Greedy: RoutingPolicy {
    public init() {}

    public var name: RoutingPolicyName { .greedy }

    public func choose(
        among beliefs: [UtilityBelief], turn: Int, using generator: inout SeededGenerator
    ) -> PolicyChoice {
        PolicyChoice(highestOf: beliefs.map(\.mean))
    }
}

/// Takes the agent that could be best: the highest mean plus two deviations (Bayes-UCB, Kaufmann et al. 2012).
public struct UpperConfidenceBound: RoutingPolicy {
    public let deviations: Double

    public init(deviations: Double = 2) {
        self.deviations = deviations
    }

    public var name: RoutingPolicyName { .ucb }

    public func choose(
        among beliefs: [UtilityBelief], turn: Int, using generator: inout SeededGenerator
    ) -> PolicyChoice {
        PolicyChoice(highestOf: beliefs.map { $0.mean + deviations * $0.deviation })
    }
}

/// Takes one agent after the other.
public struct RoundRobin: RoutingPolicy {
    public init() {}

    public var name: RoutingPolicyName { .roundRobin }

    public func choose(
        among beliefs: [UtilityBelief], turn: Int, using generator: inout SeededGenerator
    ) -> PolicyChoice {
        let next = Int(UInt(bitPattern: turn) % UInt(beliefs.count))
        return PolicyChoice(
            index: next, scores: beliefs.map(\.mean), propensities: beliefs.indices.map { $0 == next ? 1 : 0 })
    }
}
