public import HoneCore

/// What one rater thinks of one task's work, 0…1.
public struct Opinion: Hashable, Sendable {
    public enum Rater: Hashable, Sendable {
        case reviewer(AgentID)
        case judge
        /// A known answer.
        case check
        case human
    }

    public let task: TaskID
    public let author: AgentID
    /// Nil where no model did the work.
    public let authorModel: ModelID?
    public let rater: Rater
    /// Nil for a check and for people.
    public let raterModel: ModelID?
    public let score: Double

    public init(
        task: TaskID, author: AgentID, authorModel: ModelID?, rater: Rater, raterModel: ModelID? = nil, score: Double
    ) {
        self.task = task
        self.author = author
        self.authorModel = authorModel
        self.rater = rater
        self.raterModel = raterModel
        self.score = score
    }
}

/// How much more a rater gives to some than it gives to the rest, both measured against what others give for the same
/// work, so that neither good work nor a mild rater looks like favour.
public struct Favour: Hashable, Sendable {
    /// With fewer opinions on either side nothing is said.
    public static let fewest = 10

    /// Opinions on those that may be favoured.
    public let count: Int
    /// Opinions on the rest.
    public let others: Int
    /// The difference, with an interval as wide as the number of comparisons asks for (Bonferroni).
    public let excess: IntervalEstimate

    /// Nil with fewer than ``fewest`` on either side. `comparisons` is how many questions are asked at once.
    init?(_ favoured: SampleMoments, over rest: SampleMoments, comparisons: Int) {
        guard favoured.count >= Self.fewest, rest.count >= Self.fewest, let own = favoured.variance,
            let other = rest.variance
        else { return nil }
        let (ofOwn, ofRest) = (own / Double(favoured.count), other / Double(rest.count))
        let variance = ofOwn + ofRest
        // Welch and Satterthwaite.
        let degrees =
            variance > 0
            ? variance * variance
                / (ofOwn * ofOwn / Double(favoured.count - 1) + ofRest * ofRest / Double(rest.count - 1))
            : Double(favoured.count + rest.count - 2)
        count = favoured.count
        others = rest.count
        excess = IntervalEstimate(
            favoured.mean - rest.mean, variance: variance, degrees: degrees,
            confidence: 1 - 0.05 / Double(max(1, comparisons)))
    }

    /// Whether it is more than chance.
    public var isProven: Bool { excess.low > 0 }
}
