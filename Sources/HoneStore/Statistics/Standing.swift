public import Foundation
public import HoneCore

/// An agent's row on the leaderboard.
public struct Standing: Sendable, Decodable, Hashable {
    /// How it does in one category.
    public struct CategoryPerformance: Sendable, Codable, Hashable {
        public var count: Int64
        public var passed: Int64
        public var failed: Int64
        public var avgScore: Double?
        /// The shrunken estimate that the rank comes from.
        public var quality: Double
        public var rank: Int?

        enum CodingKeys: String, CodingKey {
            case count, passed, failed, quality, rank
            case avgScore = "avg_score"
        }
    }

    /// How it does with one model.
    public struct ModelPerformance: Sendable, Codable, Hashable {
        public var count: Int64
        public var avgScore: Double?
        /// The first day, `2026-02-01`.
        public var since: String

        enum CodingKeys: String, CodingKey {
            case count, since
            case avgScore = "avg_score"
        }
    }

    public var agentID: AgentID
    public var nickname: String
    public var totalTasks: Int64
    public var successfulTasks: Int64
    public var failedTasks: Int64
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
    public var costRank: Int?
    public var categoryRanks: [String: Int]
    public var points: Int64
    public var attainable: Int64
    public var lastUpdated: Date
}
