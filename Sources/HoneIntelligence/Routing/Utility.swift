import HoneCore

/// How much cost, time and load count against quality.
public struct UtilityWeights: Hashable, Sendable {
    public var cost: Double
    public var time: Double
    public var load: Double

    public init(cost: Double, time: Double, load: Double) {
        self.cost = cost
        self.time = time
        self.load = load
    }

    public static let standard = UtilityWeights(cost: 0.1, time: 0.1, load: 0.5)
}

/// What is believed of one agent's worth for a task: normally distributed, since only its quality is uncertain.
public struct UtilityBelief: Hashable, Sendable {
    public var mean: Double
    public var deviation: Double

    public init(mean: Double, deviation: Double) {
        self.mean = mean
        self.deviation = deviation
    }

    /// Quality minus λ_cost·E[cost]/reference, λ_time·E[duration]/reference and λ_load·min(1, in flight/capacity)².
    ///
    /// The load is subtracted: the factor (1 − load) would raise a negative utility. A ratio counts at most 10, so that
    /// a tiny reference does not outweigh everything else.
    public init(_ candidate: RoutingCandidate, in context: RoutingContext) {
        let weights = context.weights
        let cost = Self.ratio(
            candidate.expectedCost.map { Double($0.rawValue) }, to: Double(context.reference.cost.rawValue))
        let time = Self.ratio(candidate.expectedSeconds, to: context.reference.durationSeconds)
        let load = min(1, Double(candidate.inFlight) / Double(max(1, candidate.agent.capacity)))
        mean = candidate.quality.mean - weights.cost * cost - weights.time * time - weights.load * load * load
        deviation = candidate.quality.deviation
    }

    /// 1 while nothing is known.
    private static func ratio(_ amount: Double?, to reference: Double) -> Double {
        guard let amount else { return 1 }
        guard amount > 0 else { return 0 }
        return reference > 0 ? min(10, amount / reference) : 10
    }
}
