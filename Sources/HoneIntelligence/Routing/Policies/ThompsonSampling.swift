public import HoneCore

/// Draws a utility from each agent's belief and takes the highest: agents are tried as often as they may be the best.
public struct ThompsonSampling: RoutingPolicy {
    /// A pick that was nearly impossible still has a chance to divide by.
    static let leastPropensity = 1e-9

    public init() {}

    public var name: RoutingPolicyName { .thompson }

    public func choose(
        among beliefs: [UtilityBelief], turn: Int, using generator: inout SeededGenerator
    ) -> PolicyChoice {
        var draws = [Double](repeating: 0, count: beliefs.count)
        for index in beliefs.indices {
            draws[index] = generator.nextNormal(mean: beliefs[index].mean, deviation: beliefs[index].deviation)
        }
        let chosen = PolicyChoice.indexOfHighest(draws)
        var propensities = ChanceOfMaximum(beliefs).probabilities()
        propensities[chosen] = max(propensities[chosen], Self.leastPropensity)
        return PolicyChoice(index: chosen, scores: draws, propensities: propensities)
    }
}
