public import HoneCore

/// Counters and sums over some tasks.
///
/// All are integers, so that the same tasks give the same numbers in any order and grouping, and what was added can be
/// taken back without a trace.
public struct StatisticsCell: Hashable, Sendable {
    /// Tasks that ended, however.
    public var count: Int64 = 0
    public var passed: Int64 = 0
    /// Not completed, through the agent's doing.
    public var failed: Int64 = 0
    /// Not completed, through no fault of the agent.
    public var infrastructureFailures: Int64 = 0
    /// Tasks that a mean of scores counts: those with an overall score, and the failed ones as 0.
    public var scored: Int64 = 0
    public var overallSum: Int64 = 0
    /// Each square is rounded to the millionth before it is added.
    public var overallSquares: Int64 = 0
    /// Tasks whose price is known, and the sum of the scores of those among them that have one.
    public var priced: Int64 = 0
    public var pricedOverallSum: Int64 = 0
    public var costMicroUSD: Int64 = 0
    public var durationMilliseconds: Int64 = 0
    public var tokens: Int64 = 0
    public var ratings: Int64 = 0
    public var ratingSum: Int64 = 0

    public init() {}

    public init(_ task: TaskObservation) {
        count = 1
        switch task.ending {
        case .completed(_, let isPassed): passed = isPassed == true ? 1 : 0
        case .failed(let code) where code.isAgentFailure: failed = 1
        case .failed: infrastructureFailures = 1
        }
        if let value = task.verdict.value {
            scored = 1
            overallSum = Millionths(value).rawValue
            overallSquares = Millionths(value * value).rawValue
        }
        if let cost = task.cost {
            priced = 1
            costMicroUSD = cost.rawValue
            pricedOverallSum = overallSum
        }
        durationMilliseconds = task.durationMilliseconds
        tokens = task.tokens
        if let rating = task.rating {
            ratings = 1
            ratingSum = Int64(rating)
        }
    }
}

extension StatisticsCell: AdditiveArithmetic {
    public static let zero = StatisticsCell()

    /// Merges what two instances counted.
    public static func + (left: StatisticsCell, right: StatisticsCell) -> StatisticsCell {
        combine(left, right, +)
    }

    /// Retracts what `left` had counted before.
    public static func - (left: StatisticsCell, right: StatisticsCell) -> StatisticsCell {
        combine(left, right, -)
    }

    private static func combine(
        _ left: StatisticsCell, _ right: StatisticsCell, _ operation: (Int64, Int64) -> Int64
    ) -> StatisticsCell {
        var cell = left
        for counter in counters { cell[keyPath: counter] = operation(left[keyPath: counter], right[keyPath: counter]) }
        return cell
    }

    private static var counters: [WritableKeyPath<StatisticsCell, Int64>] {
        [
            \.count, \.passed, \.failed, \.infrastructureFailures, \.scored, \.overallSum, \.overallSquares, \.priced,
            \.pricedOverallSum, \.costMicroUSD, \.durationMilliseconds, \.tokens, \.ratings, \.ratingSum,
        ]
    }
}

extension StatisticsCell {
    public var completed: Int64 { count - failed - infrastructureFailures }

    /// Completed tasks about whose quality nobody could say anything.
    public var unknown: Int64 { completed + failed - scored }

    public var meanOverall: Double? { scored > 0 ? Double(overallSum) / 1_000_000 / Double(scored) : nil }

    public var meanRating: Double? { ratings > 0 ? Double(ratingSum) / Double(ratings) : nil }

    public var meanDurationSeconds: Double? {
        count > 0 ? Double(durationMilliseconds) / 1_000 / Double(count) : nil
    }

    public var meanCost: MicroUSD? {
        priced > 0 ? MicroUSD(Int64((Double(costMicroUSD) / Double(priced)).rounded())) : nil
    }

    /// Dollars per point of quality, as a ratio of sums.
    public var costPerQualityPoint: Double? {
        CostPerQuality.point(totalCost: MicroUSD(costMicroUSD), totalOverall: Millionths(rawValue: pricedOverallSum))
    }

    /// Counts and spread of the scores, for estimates of quality.
    public var sample: QualitySample {
        QualitySample(
            count: Double(scored), sum: Double(overallSum) / 1_000_000, squares: Double(overallSquares) / 1_000_000)
    }
}
