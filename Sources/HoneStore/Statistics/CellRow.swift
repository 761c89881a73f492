import HoneCore
import HoneIntelligence

/// A cell as the table holds it.
struct CellRow: Decodable {
    var agentID: AgentID
    var category: HoneCore.Category
    /// 0 where nobody said.
    var complexity: Int
    /// Empty where no model was involved.
    var model: String
    var day: Int
    var count: Int64
    var passed: Int64
    var failed: Int64
    var infrastructureFailures: Int64
    var scored: Int64
    var overallSum: Int64
    var overallSquares: Int64
    var priced: Int64
    var pricedOverallSum: Int64
    var costMicroUsd: Int64
    var durationMilliseconds: Int64
    var tokens: Int64
    var ratings: Int64
    var ratingSum: Int64

    var key: StatisticsKey {
        StatisticsKey(
            agent: agentID, category: category, complexity: complexity == 0 ? nil : complexity, model: ModelID(model),
            day: Day(number: day))
    }

    var cell: StatisticsCell {
        var cell = StatisticsCell()
        cell.count = count
        cell.passed = passed
        cell.failed = failed
        cell.infrastructureFailures = infrastructureFailures
        cell.scored = scored
        cell.overallSum = overallSum
        cell.overallSquares = overallSquares
        cell.priced = priced
        cell.pricedOverallSum = pricedOverallSum
        cell.costMicroUSD = costMicroUsd
        cell.durationMilliseconds = durationMilliseconds
        cell.tokens = tokens
        cell.ratings = ratings
        cell.ratingSum = ratingSum
        return cell
    }
}
