import HoneCore

/// The scores of one day, or of a few days with little work, by category.
struct QualityPoint {
    var day: Day
    var categories: [Category: QualitySample]

    var count: Double { categories.values.reduce(0) { $0 + $1.count } }

    /// Days in order, joined until each point has enough scores; what is left at the end is not one yet.
    static func points(_ work: [DailyWork], fewestScores: Double) -> [QualityPoint] {
        let days = Dictionary(grouping: work) { $0.day }.sorted { $0.key < $1.key }
        return days.reduce(into: []) { points, entry in
            if let last = points.last, last.count < fewestScores {
                points[points.count - 1].day = entry.key
            } else {
                points.append(QualityPoint(day: entry.key, categories: [:]))
            }
            for work in entry.value where work.scores.count > 0 {
                points[points.count - 1].add(work.scores, to: work.category)
            }
        }.filter { $0.count >= fewestScores }
    }

    mutating func add(_ scores: QualitySample, to category: Category) {
        categories[category] = (categories[category] ?? QualitySample()) + scores
    }

    mutating func add(_ other: QualityPoint) {
        for (category, sample) in other.categories { add(sample, to: category) }
    }
}

/// What is to be expected of an agent, category by category: a day of hard tasks is no fall.
struct QualityBaseline {
    /// Fewer scores are no baseline.
    static let fewestScores = 30.0
    /// Means move by this much from day to day for reasons of their own, however many tasks there are. A trend must pass
    /// the same 0.02.
    static let dailyDeviation = 0.02

    /// How a point's mean differs from what was expected, and the variance of that difference.
    struct Residual {
        var difference: Double
        var variance: Double
        /// The mean that was expected, and the scores that could be compared with it.
        var expected: Double
        var count: Double

        var standardized: Double { difference / variance.squareRoot() }
    }

    private var categories: [Category: QualitySample] = [:]

    private var count: Double { categories.values.reduce(0) { $0 + $1.count } }

    mutating func add(_ point: QualityPoint) {
        for (category, sample) in point.categories {
            categories[category] = (categories[category] ?? QualitySample()) + sample
        }
    }

    /// The recursive residual (Brown, Durbin and Evans, 1975): against all points before, whose own error it counts in.
    /// Nil where there is too little to compare with.
    func residual(of point: QualityPoint) -> Residual? {
        let known = point.categories.compactMap { category, sample in
            categories[category].flatMap { past in past.mean.map { (sample: sample, past: past, mean: $0) } }
        }
        let scores = known.reduce(0) { $0 + $1.sample.count }
        guard count >= Self.fewestScores, scores > 0 else { return nil }
        let difference = known.reduce(0) { $0 + $1.sample.sum - $1.sample.count * $1.mean } / scores
        let ownError = known.reduce(0) { $0 + $1.sample.count * $1.sample.count / $1.past.count } / (scores * scores)
        let variance = spread * (1 / scores + ownError) + Self.dailyDeviation * Self.dailyDeviation
        let expected = known.reduce(0) { $0 + $1.sample.count * $1.mean } / scores
        return Residual(difference: difference, variance: variance, expected: expected, count: scores)
    }

    /// The variance of single scores within a category, drawn towards the prior while there are few.
    private var spread: Double {
        let deviations = categories.values.reduce(0) { sum, sample in
            sum + max(0, sample.squares - sample.sum * sample.sum / max(1, sample.count))
        }
        return (deviations + QualityPrior.weight * QualityPrior.variance) / (count + QualityPrior.weight)
    }
}
