/// Watches a new prompt beside the one in production, on the agent's own work, and says when it is proved worse.
///
/// It is told the outcomes in the order in which the tasks arrived. An equal prompt is condemned with a chance of at most
/// 0.05, however long and however often it is looked at (``CanaryRules``).
public struct CanaryComparison: Sendable, Hashable {
    /// What a prompt can be worse by.
    public enum Measure: String, Sendable, Hashable, Codable, CaseIterable {
        case score, rating, cost
    }

    public let rules: CanaryRules
    private var scores: HarmTest
    private var ratings: HarmTest
    private var costs: HarmTest
    private var old = CanaryTally()
    private var new = CanaryTally()

    public init(rules: CanaryRules = CanaryRules()) {
        self.rules = rules
        scores = HarmTest(alpha: rules.scoreAlpha)
        ratings = HarmTest(alpha: rules.ratingAlpha)
        costs = HarmTest(alpha: rules.costAlpha)
    }

    public init(_ outcomes: some Sequence<CanaryOutcome>, rules: CanaryRules = CanaryRules()) {
        self.init(rules: rules)
        for outcome in outcomes.prefix(rules.mostTasks) { add(outcome) }
    }

    public mutating func add(_ outcome: CanaryOutcome) {
        switch outcome.side {
        case .old: old.add(outcome)
        case .new: new.add(outcome)
        }
        if let score = outcome.score { scores.add(score, of: outcome, harm: \.meanLoss) }
        if let rating = outcome.rating { ratings.add(rating, of: outcome, harm: \.meanLoss) }
        if let cost = outcome.cost {
            let bound = 1 + rules.costTolerance
            costs.add(cost, of: outcome) { $0.excess(over: bound) }
        }
    }

    /// What it is proved worse by; nil while it is not.
    public var harm: Measure? {
        if scores.isProved { return .score }
        if ratings.isProved { return .rating }
        return costs.isProved ? .cost : nil
    }

    /// Whether there is more evidence against it than one would promote it with.
    public var isDoubtful: Bool {
        [scores, ratings, costs].contains { ($0.figures?.evidence ?? 0) >= rules.doubt }
    }

    /// Tasks of the new prompt that say something of how good it is.
    public var newTasks: Int { new.scored }

    public var report: CanaryReport {
        CanaryReport(
            harm: harm, old: old.side, new: new.side, score: scores.figures, rating: ratings.figures,
            cost: costs.figures)
    }
}

extension OutcomeBlocks.Block {
    /// How much the old prompt's mean is above the new one's.
    fileprivate var meanLoss: Double { old.mean - new.mean }

    /// How the new prompt's cost compares with `bound` times the old one's: (c − b) / (c + b) of the two tasks next to each
    /// other. One of each, since only then is this antisymmetric, with a mean of 0 where c and b have one distribution,
    /// however skewed; and it is bounded, so that one dear task condemns nobody.
    fileprivate func excess(over bound: Double) -> Double {
        guard let paid = new.last, let usual = old.last.map({ $0 * bound }), paid + usual > 0 else { return 0 }
        return (paid - usual) / (paid + usual)
    }
}

extension [Double] {
    fileprivate var mean: Double { reduce(0, +) / Double(count) }
}
