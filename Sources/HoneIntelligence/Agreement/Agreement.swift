/// How well one rater agrees with another who counts as the truth.
public struct Agreement: Hashable, Sendable {
    /// One case that both have seen.
    public struct Pair: Hashable, Sendable {
        public let score: Double
        public let truth: Double
        public let passes: Bool
        public let isRight: Bool

        /// `isRight` is what the truth says of pass and fail; a score of at least one half passes.
        public init(score: Double, truth: Double, isRight: Bool? = nil) {
            self.score = score
            self.truth = truth
            passes = score >= 0.5
            self.isRight = isRight ?? (truth >= 0.5)
        }

        /// Held against one to five stars; three and more are a pass.
        public init(score: Double, rating: Int) {
            self.init(score: score, truth: ReviewTruth.unit(ofRating: rating))
        }
    }

    public let count: Int
    /// On pass and fail.
    public let kappa: CohenKappa
    /// On the order of the cases.
    public let spearman: RankCorrelation
    /// The mean of score − truth; nil without cases.
    public let bias: Double?

    public init(_ pairs: [Pair]) {
        count = pairs.count
        kappa = CohenKappa(pairs.map { ($0.passes, $0.isRight) })
        spearman = RankCorrelation(pairs.map { ($0.score, $0.truth) })
        bias = pairs.isEmpty ? nil : pairs.reduce(0) { $0 + $1.score - $1.truth } / Double(pairs.count)
    }
}
