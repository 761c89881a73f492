public import HoneCore

/// How one of several capable agents is picked. Pure: the same beliefs, turn and generator give the same choice.
public protocol RoutingPolicy: Sendable {
    var name: RoutingPolicyName { get }

    /// `beliefs` are in order of the agents' ids and never empty; `turn` counts the category's decisions.
    func choose(
        among beliefs: [UtilityBelief], turn: Int, using generator: inout SeededGenerator
    ) -> PolicyChoice
}

public enum RoutingPolicyName: String, Codable, Sendable, CaseIterable {
    case thompson, greedy, ucb
    case roundRobin = "round_robin"

    public var policy: any RoutingPolicy {
        switch self {
        case .thompson: ThompsonSampling()
        case .greedy: Greedy()
        case .ucb: UpperConfidenceBound()
        case .roundRobin: RoundRobin()
        }
    }
}

/// A policy's pick with everything that led to it, per belief.
public struct PolicyChoice: Hashable, Sendable {
    public var index: Int
    public var scores: [Double]
    /// The chance with which the policy picks each; they add up to 1.
    public var propensities: [Double]

    public init(index: Int, scores: [Double], propensities: [Double]) {
        self.index = index
        self.scores = scores
        self.propensities = propensities
    }

    /// The highest score wins, the first among equals; that was certain from the start.
    init(highestOf scores: [Double]) {
        let index = Self.indexOfHighest(scores)
        self.init(
            index: index, scores: scores, propensities: scores.indices.map { $0 == index ? 1 : 0 })
    }

    static func indexOfHighest(_ scores: [Double]) -> Int {
        scores.indices.reduce(0) { best, index in scores[index] > scores[best] ? index : best }
    }
}
