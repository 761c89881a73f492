public import Foundation
public import HoneCore

/// An agent's row on the leaderboard.
public struct Standing: Sendable, Decodable, Hashable {
    /// How it does in one category.
    public struct CategoryPerformance: Sendable, Codable, Hashable {
        public var count: Int64
        public var passed: Int64
        public var failed: Int64
        /// Completed, and nobody could say how well: in no mean.
        public var unknown: Int64
        public var avgScore: Double?
        /// The shrunken, adjusted estimate that the rank comes from, with its 95 % interval.
        public var quality: Double
        public var qualityLow: Double
        public var qualityHigh: Double
        public var rank: Int?
        /// The ranks that the intervals leave open.
        public var rankBandLow: Int?
        public var rankBandHigh: Int?
        /// Of the first only.
        public var flipsToLoseFirst: Int?

        enum CodingKeys: String, CodingKey {
            case count, passed, failed, unknown, quality, rank
            case avgScore = "avg_score"
            case qualityLow = "quality_low"
            case qualityHigh = "quality_high"
            case rankBandLow = "rank_band_low"
            case rankBandHigh = "rank_band_high"
            case flipsToLoseFirst = "flips_to_lose_first"
        }
    }

    /// How it does with one model.
    public struct ModelPerformance: Sendable, Codable, Hashable {
        public var count: Int64
        public var avgScore: Double?
        /// The first day, `2026-02-01`.
        public var since: String
        /// Against the models before; nil for the first one.
        public var before: MeanFigures?
        public var after: MeanFigures?
        public var change: IntervalFigures?

        enum CodingKeys: String, CodingKey {
            case count, since, before, after, change
            case avgScore = "avg_score"
        }
    }

    public var agentID: AgentID
    public var nickname: String
    public var totalTasks: Int64
    public var successfulTasks: Int64
    public var failedTasks: Int64
    public var unknownTasks: Int64
    public var avgOverallScore: Double?
    public var avgUserRating: Double?
    public var totalCost: MicroUSD
    public var costPerQualityPoint: Double?
    public var avgDurationSeconds: Double?
    public var quality: Double?
    public var qualityLow: Double?
    public var qualityHigh: Double?
    public var trend: String?
    public var badges: [String]
    public var categoryPerformance: [String: CategoryPerformance]
    public var modelPerformance: [String: ModelPerformance]
    public var overallRank: Int?
    public var rankBandLow: Int?
    public var rankBandHigh: Int?
    public var costRank: Int?
    public var costBandLow: Int?
    public var costBandHigh: Int?
    public var categoryRanks: [String: Int]
    /// Of the first only.
    public var flipsToLoseFirst: Int?
    public var points: Int64
    public var attainable: Int64
    public var lastUpdated: Date
}
