/// The figures of a comparison, for the people who decide and for the record of the decision.
public struct CanaryReport: Sendable, Hashable, Codable {
    /// One prompt's tasks.
    public struct Side: Sendable, Hashable, Codable {
        public let tasks: Int
        /// Nil where there is none.
        public let meanScore: Double?
        public let meanRating: Double?
        public let meanCostMicroUSD: Double?

        enum CodingKeys: String, CodingKey {
            case tasks
            case meanScore = "mean_score"
            case meanRating = "mean_rating"
            case meanCostMicroUSD = "mean_cost_micro_usd"
        }
    }

    /// How the new prompt compares by one measure; gains above 0 speak for it.
    public struct Measure: Sendable, Hashable, Codable {
        public let blocks: Int
        /// The mean over blocks, with a 95 % interval by the normal approximation.
        public let gain: Double
        public let low: Double
        public let high: Double
        /// That it is worse; proved at ``threshold``.
        public let evidence: Double
        public let threshold: Double
    }

    /// What it is proved worse by.
    public let harm: CanaryComparison.Measure?
    public let old: Side
    public let new: Side
    public let score: Measure?
    public let rating: Measure?
    /// Its gain is (1.1 × old − new) / (1.1 × old + new), task by task.
    public let cost: Measure?

    /// The mean cost of the new prompt's tasks over that of the old one's; nil where one is not known or free.
    public var costRatio: Double? {
        guard let paid = new.meanCostMicroUSD, let usual = old.meanCostMicroUSD, usual > 0 else { return nil }
        return paid / usual
    }

    /// One line with the numbers behind a decision.
    public var summary: String {
        var parts = ["\(new.tasks) tasks against \(old.tasks)"]
        if let score { parts.append("score \(signed(score.gain)) (\(signed(score.low)) to \(signed(score.high)))") }
        if let rating { parts.append("rating \(signed(rating.gain * 4)) stars") }
        if let costRatio { parts.append("cost ×\(decimals(costRatio))") }
        if let harm, let measure = self[harm] {
            parts.append(
                "evidence of worse \(harm.rawValue) \(decimals(measure.evidence)) ≥ \(decimals(measure.threshold))")
        }
        return parts.joined(separator: ", ")
    }

    private subscript(_ measure: CanaryComparison.Measure) -> Measure? {
        switch measure {
        case .score: score
        case .rating: rating
        case .cost: cost
        }
    }
}

private func decimals(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }

private func signed(_ value: Double) -> String { (value > 0 ? "+" : "") + "\((value * 1_000).rounded() / 1_000)" }
