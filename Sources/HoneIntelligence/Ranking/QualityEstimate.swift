/// What is believed of agents before their own work is seen.
public struct QualityPrior: Hashable, Sendable {
    /// As many imagined scores stand behind the prior.
    public static let weight = 10.0
    /// The spread of single scores until there are some: the widest that scores in 0…1 can have.
    public static let variance = 0.25

    public let mean: Double

    public init(mean: Double) {
        self.mean = mean
    }

    /// The mean of all agents in a category. An agent with few scores weighs less, and none more than one; without any
    /// scores it is one half.
    public init(of agents: some Sequence<QualityHistory>) {
        var sum = 0.0
        var weights = 0.0
        for agent in agents {
            guard let mean = agent.mean else { continue }
            let weight = agent.count / (agent.count + Self.weight)
            sum += weight * mean
            weights += weight
        }
        mean = weights > 0 ? sum / weights : 0.5
    }
}

/// An agent's quality, shrunk towards the prior so that three lucky tasks do not make a champion.
public struct QualityEstimate: Hashable, Sendable {
    public let mean: Double
    /// Of the mean, not of single scores.
    public let variance: Double
    /// Scores behind it.
    public let count: Double

    public init(mean: Double, variance: Double, count: Double = 0) {
        self.mean = mean
        self.variance = variance
        self.count = count
    }

    /// Mean: (n·mean + 10·prior)/(n + 10). Variance: that of single scores over the effective number of them plus 10,
    /// so that a mean which rests on one recent score says so.
    public init(_ history: QualityHistory, prior: QualityPrior) {
        count = history.count
        mean = Self.mean(history, prior: prior)
        let all = history.recent + history.older
        variance = all.scoreVariance / (history.effectiveCount + QualityPrior.weight)
    }

    static func mean(_ history: QualityHistory, prior: QualityPrior) -> Double {
        let own = history.mean ?? prior.mean
        return (history.count * own + QualityPrior.weight * prior.mean) / (history.count + QualityPrior.weight)
    }

    public var deviation: Double { variance.squareRoot() }

    /// Half the width of the 95 % interval.
    public var halfWidth: Double { 1.96 * deviation }

    /// The 95 % interval as it is compared: a mean of adjusted scores may leave 0…1, and so may this.
    public var bounds: ClosedRange<Double> { (mean - halfWidth)...(mean + halfWidth) }

    /// The mean as it is published, within 0…1.
    public var value: Double { min(1, max(0, mean)) }

    /// The 95 % interval as it is published, within 0…1.
    public var interval: ClosedRange<Double> {
        let low = min(1, max(0, bounds.lowerBound))
        return low...max(low, min(1, bounds.upperBound))
    }
}
