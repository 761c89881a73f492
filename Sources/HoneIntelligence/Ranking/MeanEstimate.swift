/// A mean of scores, as it is, with its 95 % interval.
public struct MeanEstimate: Hashable, Sendable {
    public let count: Double
    public let mean: Double
    /// Of the mean, not of single scores.
    public let variance: Double

    /// Nil without scores. The variance of single scores is shrunk towards its prior, so that two equal scores do not
    /// make a certainty.
    public init?(_ sample: QualitySample) {
        guard let mean = sample.mean else { return nil }
        count = sample.count
        self.mean = mean
        variance = sample.scoreVariance / sample.count
    }

    public var halfWidth: Double { 1.96 * variance.squareRoot() }
}

/// How an agent did before something about it changed, and after.
public struct ChangeEffect: Hashable, Sendable {
    public let before: MeanEstimate
    public let after: MeanEstimate

    /// Nil unless there are scores on both sides.
    public init?(before: QualitySample, after: QualitySample) {
        guard let before = MeanEstimate(before), let after = MeanEstimate(after) else { return nil }
        self.before = before
        self.after = after
    }

    /// By how much the mean has risen.
    public var change: Double { after.mean - before.mean }

    /// Half the width of the change's 95 % interval: the two samples are independent.
    public var halfWidth: Double { 1.96 * (before.variance + after.variance).squareRoot() }
}
