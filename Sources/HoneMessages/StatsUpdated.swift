public import Foundation
public import HoneBus
public import HoneCore

/// The leaderboard moved.
public struct StatsUpdated: Message {
    public static let type = "hone.stats.updated.v1"
    public static let topic = Topic.statsUpdated

    /// One agent's standing.
    public struct Standing: Hashable, Sendable, Codable {
        public var agentID: AgentID
        public var overallRank: Int?
        public var avgOverallScore: Double?
        public var points: Int
        public var totalTasks: Int

        public init(agentID: AgentID, overallRank: Int?, avgOverallScore: Double?, points: Int, totalTasks: Int) {
            self.agentID = agentID
            self.overallRank = overallRank
            self.avgOverallScore = avgOverallScore
            self.points = points
            self.totalTasks = totalTasks
        }

        enum CodingKeys: String, CodingKey {
            case points
            case agentID = "agent_id"
            case overallRank = "overall_rank"
            case avgOverallScore = "avg_overall_score"
            case totalTasks = "total_tasks"
        }
    }

    public var agents: [Standing]
    public var asOf: Date

    public init(agents: [Standing], asOf: Date) {
        self.agents = agents
        self.asOf = asOf
    }

    public var partitionKey: String { "" }

    enum CodingKeys: String, CodingKey {
        case agents
        case asOf = "as_of"
    }
}
