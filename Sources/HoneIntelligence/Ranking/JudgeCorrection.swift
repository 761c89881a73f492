public import HoneCore

/// Takes the judge's bias out of a mean before it is ranked and published: from the estimate by the judge's scores, whose
/// and in which category it is (nil: in all), to the one that people would have come to, by the tasks that they rated,
/// too. What too few rated comes back as it was.
public typealias JudgeCorrection =
    @Sendable (
        _ judged: QualityEstimate, _ agent: AgentID, _ category: Category?
    ) -> QualityEstimate

/// By how much a mean has to be moved, and how doubtful that is.
public struct MeanShift: Hashable, Sendable {
    public let value: Double
    public let variance: Double

    /// Of the mean over judged and checked work together: the judge's part alone is moved. Nil with too few ratings.
    public init?(_ mean: PredictionPoweredMean, checked: SampleMoments) {
        guard let corrected = mean.corrected else { return nil }
        let share = Double(mean.judged) / Double(mean.judged + checked.count)
        let deviation = max(corrected.high - corrected.value, corrected.value - corrected.low) / 1.96
        value = share * (corrected.value - mean.judgeMean)
        variance = share * share * deviation * deviation
    }
}

extension QualityEstimate {
    /// The prior, which part of the mean rests on, stays where it is.
    public func moved(by shift: MeanShift) -> QualityEstimate {
        let own = count / (count + QualityPrior.weight)
        return QualityEstimate(
            mean: mean + own * shift.value, variance: variance + own * own * shift.variance, count: count)
    }
}
