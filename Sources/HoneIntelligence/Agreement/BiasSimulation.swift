import HoneCore

/// A made-up judge whose bias is known, asked again and again: does the corrected interval hold the truth as often as it
/// says?
public struct BiasSimulation: Hashable, Sendable {
    /// By how much the judge's mean lies above the truth.
    public var bias: Double
    public var judged: Int
    public var rated: Int

    public init(bias: Double, judged: Int = 400, rated: Int = 60) {
        self.bias = bias
        self.judged = judged
        self.rated = rated
    }

    /// What came of many runs.
    public struct Outcome: Hashable, Sendable {
        public let runs: Int
        /// The share of runs whose corrected 95 % interval held the truth.
        public let coverage: Double
        /// The same for the interval of the judge's scores as they are.
        public let uncorrectedCoverage: Double
        /// Half the corrected interval, in the mean.
        public let halfWidth: Double
    }

    /// The chances of one to five stars: people rate like this.
    private static let stars = [0.08, 0.12, 0.2, 0.35, 0.25]
    /// What a person thinks of the work, in the mean.
    public static let truth = zip(stars, 0...).reduce(0) { $0 + $1.0 * Double($1.1) / 4 }

    /// The same seed gives the same outcome.
    public func run(_ runs: Int, seed: UInt64) -> Outcome {
        var generator = SeededGenerator(seed: seed)
        var (held, heldUncorrected, width) = (0, 0, 0.0)
        for _ in 0..<runs {
            let scores = (0..<judged).map { _ in draw(&generator) }
            let all = SampleMoments(scores.map(\.judge))
            guard let corrected = PredictionPoweredMean(judged: all, rated: Array(scores.prefix(rated))).corrected
            else { continue }
            held += corrected.contains(Self.truth) ? 1 : 0
            width += (corrected.high - corrected.low) / 2
            let plain = IntervalEstimate(
                all.mean, variance: (all.variance ?? 0) / Double(judged), degrees: Double(judged - 1))
            heldUncorrected += plain.contains(Self.truth) ? 1 : 0
        }
        let count = Double(max(1, runs))
        return Outcome(
            runs: runs, coverage: Double(held) / count, uncorrectedCoverage: Double(heldUncorrected) / count,
            halfWidth: width / count)
    }

    /// The judge sees what the person sees, moved towards 1 or 0 so that its mean is off by exactly the bias, and blurred.
    private func draw(_ generator: inout SeededGenerator) -> RatedScore {
        let human = Self.rating(generator.nextUnit())
        let moved = bias > 0 ? human + bias * (1 - human) / (1 - Self.truth) : human + bias * human / Self.truth
        let blur = 0.8 * (2 * generator.nextUnit() - 1) * min(moved, 1 - moved)
        return RatedScore(judge: moved + blur, human: human)
    }

    private static func rating(_ chance: Double) -> Double {
        var rest = chance
        for (star, share) in stars.enumerated() {
            rest -= share
            if rest < 0 { return Double(star) / 4 }
        }
        return 1
    }
}
