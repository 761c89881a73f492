/// One task that a judge scored and a person rated, both on 0…1.
public struct RatedScore: Hashable, Sendable {
    public let judge: Double
    public let human: Double

    public init(judge: Double, human: Double) {
        self.judge = judge
        self.human = human
    }

    /// `rating` is one to five stars.
    public init(judge: Double, rating: Int) {
        self.init(judge: judge, human: ReviewTruth.unit(ofRating: rating))
    }

    /// What has to be added to the judge's score to have the person's.
    public var correction: Double { human - judge }
}

/// The mean that people would have given, from many scores of a judge and few ratings of people: the prediction-powered
/// estimate (Angelopoulos, Bates, Fannjiang, Jordan and Zrnic, Science 382, 2023).
///
/// It is the mean of all judge scores plus the mean of human − judge on the rated tasks, whatever the judge's bias. It
/// takes the rated tasks for a random sample of the judged ones, given the group that the mean is of; ``strangeness`` says
/// how far the judge thinks otherwise.
public struct PredictionPoweredMean: Hashable, Sendable {
    /// With fewer ratings there is no correction: the interval would promise too much.
    public static let fewestRated = 20
    /// One rating step is 0.25, so a rating is never known better than this.
    private static let leastVariance = 0.25 * 0.25 / 12

    public let judged: Int
    public let rated: Int
    /// Of all judge scores, uncorrected.
    public let judgeMean: Double
    /// By how much the judge scores higher than people; nil without ratings.
    public let bias: Double?
    /// What is to be published, within 0…1, with its 95 % interval; nil with fewer than ``fewestRated`` ratings.
    public let corrected: IntervalEstimate?
    /// By how many standard errors the judge's mean of the rated tasks differs from that of the others. Beyond ±2 the
    /// rated tasks are hardly a random sample. Nil where there is nothing to compare.
    public let strangeness: Double?

    /// `judged` are all scores of the judge, those of rated tasks among them.
    public init(judged: SampleMoments, rated: [RatedScore]) {
        let corrections = SampleMoments(rated.map(\.correction))
        self.judged = judged.count
        self.rated = rated.count
        judgeMean = judged.mean
        bias = rated.isEmpty ? nil : -corrections.mean
        corrected = Self.corrected(judged, rated, corrections)
        strangeness = Self.strangeness(judged, SampleMoments(rated.map(\.judge)))
    }

    /// The mean of judged and checked work together; nil without a correction. `checked` scores are taken as they are.
    public func together(with checked: SampleMoments) -> IntervalEstimate? {
        guard let corrected else { return nil }
        guard checked.count > 1, let spread = checked.variance else { return corrected }
        let share = Double(judged) / Double(judged + checked.count)
        let half = max(corrected.high - corrected.value, corrected.value - corrected.low) / 1.96
        let rest = 1 - share
        let variance = share * share * half * half + rest * rest * spread / Double(checked.count)
        let value = share * corrected.value + rest * checked.mean
        let reach = 1.96 * variance.squareRoot()
        return IntervalEstimate(value: value, low: value - reach, high: value + reach).within(0...1)
    }

    private static func corrected(
        _ judged: SampleMoments, _ rated: [RatedScore], _ corrections: SampleMoments
    ) -> IntervalEstimate? {
        guard rated.count >= fewestRated, judged.count >= rated.count, let spread = judged.variance,
            let doubt = corrections.variance
        else { return nil }
        let (all, some) = (Double(judged.count), Double(rated.count))
        // The rated tasks are among the judged ones, so the two means move together.
        let together = covariance(rated, corrections) / all
        let ofScores = spread / all
        let ofCorrections = max(max(doubt, leastVariance) / some + 2 * together, 0)
        let variance = ofScores + ofCorrections
        let degrees =
            variance * variance
            / (ofScores * ofScores / (all - 1) + ofCorrections * ofCorrections / (some - 1))
        return IntervalEstimate(
            judged.mean + corrections.mean, variance: variance, degrees: max(degrees, some - 1)
        ).within(0...1)
    }

    private static func covariance(_ rated: [RatedScore], _ corrections: SampleMoments) -> Double {
        let mean = rated.reduce(0) { $0 + $1.judge } / Double(rated.count)
        let products = rated.reduce(0) { $0 + ($1.judge - mean) * ($1.correction - corrections.mean) }
        return products / Double(rated.count - 1)
    }

    private static func strangeness(_ judged: SampleMoments, _ rated: SampleMoments) -> Double? {
        let others = judged.count - rated.count
        guard rated.count > 1, others > 1, let variance = judged.variance, variance > 0 else { return nil }
        let mean = (judged.mean * Double(judged.count) - rated.mean * Double(rated.count)) / Double(others)
        return (rated.mean - mean) / (variance * (1 / Double(rated.count) + 1 / Double(others))).squareRoot()
    }
}
