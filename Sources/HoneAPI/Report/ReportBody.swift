public import Foundation
public import HoneCore

/// What happened in some days, for people who were not there.
public struct ReportBody: Codable, Sendable {
    /// The first and the last day, in UTC: `2026-11-21`.
    public var from: String
    public var to: String
    public var generatedAt: Date
    public var totals: Totals
    /// Of as many days before.
    public var previous: Totals
    public var leaderboard: [Place]
    /// The days, and each agent's work on each of them.
    public var days: [String]
    public var agents: [AgentDays]
    public var failures: [Failures]
    /// Those that stood at any time, the newest first.
    public var alerts: [AlertBody]
    public var spending: [Spent]
    public var reviewers: [Reviewer]

    enum CodingKeys: String, CodingKey {
        case from, to, totals, previous, leaderboard, days, agents, failures, alerts, spending, reviewers
        case generatedAt = "generated_at"
    }

    public struct Totals: Codable, Sendable {
        public var tasks: Int64
        public var completed: Int64
        public var failed: Int64
        @OrNull public var quality: Double?
        /// Work, reviews and judgements together.
        public var costUSD: Double

        enum CodingKeys: String, CodingKey {
            case tasks, completed, failed, quality
            case costUSD = "cost_usd"
        }
    }

    /// An agent's place at the end of the last day, from all its work so far.
    public struct Place: Codable, Sendable {
        public var agentID: AgentID
        public var nickname: String
        public var rank: Int
        /// The first and the last rank that its interval leaves open.
        public var band: [Int]
        /// Its rank before the first day; nil when it had none.
        @OrNull public var previousRank: Int?
        public var quality: Double
        public var qualityLow: Double
        public var qualityHigh: Double
        /// Of these days, as the cost of its work.
        public var tasks: Int64
        public var costUSD: Double
        /// All it has, and what it could have earned with the evidence there was.
        public var points: Int64
        public var attainable: Int64

        enum CodingKeys: String, CodingKey {
            case nickname, rank, band, quality, tasks, points, attainable
            case agentID = "agent_id"
            case previousRank = "previous_rank"
            case qualityLow = "quality_low"
            case qualityHigh = "quality_high"
            case costUSD = "cost_usd"
        }
    }

    /// One value for each day; quality is nil on days without a score.
    public struct AgentDays: Codable, Sendable {
        public var agentID: AgentID
        public var nickname: String
        public var tasks: [Int64]
        public var quality: [Double?]
        public var costUSD: [Double]

        enum CodingKeys: String, CodingKey {
            case nickname, tasks, quality
            case agentID = "agent_id"
            case costUSD = "cost_usd"
        }
    }
}
