/// Sums over one prompt's tasks.
struct CanaryTally: Sendable, Hashable {
    private var tasks = 0
    private var scores = RunningMean()
    private var ratings = RunningMean()
    private var costs = RunningMean()

    var scored: Int { scores.count }

    var side: CanaryReport.Side {
        func mean(_ values: RunningMean) -> Double? { values.count > 0 ? values.mean : nil }
        return CanaryReport.Side(
            tasks: tasks, meanScore: mean(scores), meanRating: mean(ratings).map { 1 + 4 * $0 },
            meanCostMicroUSD: mean(costs))
    }

    mutating func add(_ outcome: CanaryOutcome) {
        tasks += 1
        if let score = outcome.score { scores.add(score) }
        if let rating = outcome.rating { ratings.add(rating) }
        if let cost = outcome.cost { costs.add(cost) }
    }
}
