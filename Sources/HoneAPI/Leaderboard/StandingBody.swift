public import Foundation
public import HoneCore
public import HoneStore

/// An agent's row on the leaderboard.
public struct StandingBody: Codable, Sendable {
    /// In the view that was asked for; nil where it has none there.
    @OrNull public var rank: Int?
    /// The ranks that the intervals leave open.
    @OrNull public var rankBandLow: Int?
    @OrNull public var rankBandHigh: Int?
    /// Of the first only: how many more verdicts could end that.
    @OrNull public var flipsToLoseFirst: Int?
    public var agentID: AgentID
    public var nickname: String
    public var totalTasks: Int64
    public var successfulTasks: Int64
    public var failedTasks: Int64
    /// Completed, and nobody could say how well: in no mean.
    public var unknownTasks: Int64
    @OrNull public var avgOverallScore: Double?
    @OrNull public var avgUserRating: Double?
    public var totalCostUSD: Double
    @OrNull public var costPerQualityPoint: Double?
    @OrNull public var avgDurationSeconds: Double?
    /// In the category that was asked for, else overall; with its 95 % interval.
    @OrNull public var quality: Double?
    @OrNull public var qualityLow: Double?
    @OrNull public var qualityHigh: Double?
    @OrNull public var trend: String?
    public var badges: [String]
    public var categoryPerformance: [String: Standing.CategoryPerformance]
    public var modelPerformance: [String: Standing.ModelPerformance]
    @OrNull public var overallRank: Int?
    @OrNull public var costRank: Int?
    public var categoryRanks: [String: Int]
    public var points: Int64
    public var attainable: Int64
    public var lastUpdated: Date

    enum CodingKeys: String, CodingKey {
        case rank, nickname, quality, trend, badges, points, attainable
        case agentID = "agent_id"
        case totalTasks = "total_tasks"
        case successfulTasks = "successful_tasks"
        case failedTasks = "failed_tasks"
        case unknownTasks = "unknown_tasks"
        case rankBandLow = "rank_band_low"
        case rankBandHigh = "rank_band_high"
        case flipsToLoseFirst = "flips_to_lose_first"
        case avgOverallScore = "avg_overall_score"
        case avgUserRating = "avg_user_rating"
        case totalCostUSD = "total_cost_usd"
        case costPerQualityPoint = "cost_per_quality_point"
        case avgDurationSeconds = "avg_duration_seconds"
        case qualityLow = "quality_low"
        case qualityHigh = "quality_high"
        case categoryPerformance = "category_performance"
        case modelPerformance = "model_performance"
        case overallRank = "overall_rank"
        case costRank = "cost_rank"
        case categoryRanks = "category_ranks"
        case lastUpdated = "last_updated"
    }

    public init(_ row: LeaderboardView.Row) {
        let standing = row.standing
        rank = row.rank
        rankBandLow = row.band?.lowerBound
        rankBandHigh = row.band?.upperBound
        flipsToLoseFirst = row.flipsToLoseFirst
        agentID = standing.agentID
        nickname = standing.nickname
        totalTasks = standing.totalTasks
        successfulTasks = standing.successfulTasks
        failedTasks = standing.failedTasks
        unknownTasks = standing.unknownTasks
        avgOverallScore = standing.avgOverallScore
        avgUserRating = standing.avgUserRating
        totalCostUSD = standing.totalCost.dollars
        costPerQualityPoint = standing.costPerQualityPoint
        avgDurationSeconds = standing.avgDurationSeconds
        quality = row.quality
        qualityLow = row.interval?.lowerBound
        qualityHigh = row.interval?.upperBound
        trend = standing.trend
        badges = standing.badges
        categoryPerformance = standing.categoryPerformance
        modelPerformance = standing.modelPerformance
        overallRank = standing.overallRank
        costRank = standing.costRank
        categoryRanks = standing.categoryRanks
        points = standing.points
        attainable = standing.attainable
        lastUpdated = standing.lastUpdated
    }
}
