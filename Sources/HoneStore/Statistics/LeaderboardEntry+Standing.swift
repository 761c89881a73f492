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
        unknownTasks = entry.total.unknown
        avgOverallScore = entry.total.meanOverall
        avgUserRating = entry.total.meanRating
        totalCost = MicroUSD(entry.total.costMicroUSD)
        costPerQualityPoint = entry.total.costPerQualityPoint
        avgDurationSeconds = entry.total.meanDurationSeconds
        quality = entry.estimate?.value
        qualityLow = entry.estimate?.interval.lowerBound
        qualityHigh = entry.estimate?.interval.upperBound
        trend = entry.trend.rawValue
        badges = entry.badges.map(\.rawValue)
        categoryPerformance = entry.categoryPerformance
        modelPerformance = entry.modelPerformance
        overallRank = entry.overallRank
        rankBandLow = entry.overall?.band.lowerBound
        rankBandHigh = entry.overall?.band.upperBound
        costRank = entry.costRank
        costBandLow = entry.cost?.band.lowerBound
        costBandHigh = entry.cost?.band.upperBound
        categoryRanks = entry.categoryRanks
        flipsToLoseFirst = entry.overall?.flipsToLoseFirst
        points = entry.points
        self.attainable = attainable
        lastUpdated = time
    }
}

extension LeaderboardAgent {
    /// `uses` may be those of other agents, too.
    public init(_ agent: StoredAgent, points: Int64, uses: [ModelUse: Date]) {
        let own = uses.filter { $0.key.agent == agent.id }
        self.init(
            id: agent.id, nickname: agent.agent.nickname, createdOn: Day(agent.createdAt), points: points,
            firstUses: Dictionary(own.map { ($0.key.model, $0.value) }) { first, _ in first })
    }
}

extension LeaderboardEntry {
    /// Nil until something is known: a prior alone is not shown as quality.
    var estimate: QualityEstimate? { overallRank == nil ? nil : quality }

    var categoryPerformance: [String: Standing.CategoryPerformance] {
        named(categories) { standing in
            Standing.CategoryPerformance(
                count: standing.total.count, passed: standing.total.passed, failed: standing.total.failed,
                unknown: standing.total.unknown, avgScore: standing.total.meanOverall, quality: standing.quality.value,
                qualityLow: standing.quality.interval.lowerBound, qualityHigh: standing.quality.interval.upperBound,
                rank: standing.rank, rankBandLow: standing.place?.band.lowerBound,
                rankBandHigh: standing.place?.band.upperBound, flipsToLoseFirst: standing.place?.flipsToLoseFirst)
        }
    }

    var modelPerformance: [String: Standing.ModelPerformance] {
        named(models) { standing in
            Standing.ModelPerformance(
                count: standing.total.count, avgScore: standing.total.meanOverall,
                since: standing.since.start.formatted(.iso8601.year().month().day()),
                before: standing.effect.map { MeanFigures($0.before) },
                after: standing.effect.map { MeanFigures($0.after) }, change: standing.effect.map(IntervalFigures.init))
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
