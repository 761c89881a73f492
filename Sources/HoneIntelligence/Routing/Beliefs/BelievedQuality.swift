/// What all agents' scores in a category say of each of them.
///
/// The mean is shrunk as on the leaderboard: (n·mean + 10·prior)/(n + 10). The spread of single scores is that of the
/// category, so that a new agent does not seem wilder than the others are, and is tried no more often than it deserves.
public struct BelievedQuality: Hashable, Sendable {
    public let prior: QualityPrior
    /// The variance of single scores of one agent.
    public let spread: Double

    /// From what each agent's trail is worth.
    public init(_ samples: some Collection<QualitySample>) {
        prior = QualityPrior(of: samples.map { QualityHistory(recent: $0) })
        let weight = QualityPrior.weight
        let deviations = samples.reduce(0) { $0 + $1.deviations }
        let freedom = samples.reduce(0) { $0 + max(0, $1.count - 1) }
        spread = (deviations + weight * QualityPrior.variance) / (freedom + weight)
    }

    public func estimate(_ sample: QualitySample) -> QualityEstimate {
        let weight = sample.count + QualityPrior.weight
        let own = sample.mean ?? prior.mean
        let mean = (sample.count * own + QualityPrior.weight * prior.mean) / weight
        let variance = (sample.deviations + QualityPrior.weight * spread) / weight
        return QualityEstimate(mean: mean, variance: variance / weight, count: sample.count)
    }
}

extension QualitySample {
    /// The sum of the squared deviations from their mean.
    fileprivate var deviations: Double { mean.map { max(0, squares - count * $0 * $0) } ?? 0 }
}
