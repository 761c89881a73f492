/// The mean over all tasks, from the reviewed ones: each stands for as many as its weight says (Hájek's estimator).
public struct SampledMean: Hashable, Sendable {
    public let weightedScores: Double
    public let weights: Double

    public init(weightedScores: Double, weights: Double) {
        self.weightedScores = weightedScores
        self.weights = weights
    }

    /// `weight` is one over the chance with which such a task is reviewed.
    public init(_ reviews: [(score: Double, weight: Double)]) {
        let sums = reviews.reduce((0.0, 0.0)) { ($0.0 + $1.score * $1.weight, $0.1 + $1.weight) }
        self.init(weightedScores: sums.0, weights: sums.1)
    }

    /// Nil without reviews.
    public var value: Double? { weights > 0 ? weightedScores / weights : nil }
}
