public import Foundation
import HoneCore
public import HoneIntelligence

extension Standing {
    /// An entry as it is published.
    public init(_ entry: LeaderboardEntry, attainable: Int64, at time: Date) {
        agentID = entry.agent
        nickname = entry.nickname
        totalTasks = entry.total.count
        successfulTasks = entry.total.completed
        failedTasks = entry.total.failed
        avgOverallScore = entry.total.meanOverall
        avgUserRating = entry.total.meanRating
        totalCost = MicroUSD(entry.total.costMicroUSD)
        costPerQualityPoint = entry.total.costPerQualityPoint
        avgDurationSeconds = entry.total.meanDurationSeconds
        quality = entry.estimate?.mean
        qualityLow = entry.estimate?.interval.lowerBound
        qualityHigh = entry.estimate?.interval.upperBound
        trend = entry.trend.rawValue
        badges = entry.badges.map(\.rawValue)
        categoryPerformance = entry.categoryPerformance
        modelPerformance = entry.modelPerformance
        overallRank = entry.overallRank
        costRank = entry.costRank
        categoryRanks = entry.categoryRanks
        points = entry.points
        self.attainable = attainable
        lastUpdated = time
    }
}

extension LeaderboardEntry {
    /// Nil until something is known: a prior alone is not shown as quality.
    var estimate: QualityEstimate? { overallRank == nil ? nil : quality }

    var categoryPerformance: [String: Standing.CategoryPerformance] {
        named(categories) { standing in
            Standing.CategoryPerformance(
                count: standing.total.count, passed: standing.total.passed, failed: standing.total.failed,
                avgScore: standing.total.meanOverall, quality: standing.quality.mean, rank: standing.rank)
        }
    }

    var modelPerformance: [String: Standing.ModelPerformance] {
        named(models) { standing in
            Standing.ModelPerformance(
                count: standing.total.count, avgScore: standing.total.meanOverall,
                since: standing.since.start.formatted(.iso8601.year().month().day()))
        }
    }

    var categoryRanks: [String: Int] {
        named(categories) { $0.rank }.compactMapValues { $0 }
    }

    private func named<Subject, Value, Shown>(
        _ values: [Name<Subject>: Value], _ show: (Value) -> Shown
    ) -> [String: Shown] {
        Dictionary(values.map { ($0.key.rawValue, show($0.value)) }) { first, _ in first }
    }
}
