public import HoneCore

/// One agent's place on the board.
public struct LeaderboardEntry: Hashable, Sendable {
    public var agent: AgentID
    public var nickname: String
    /// nil until a first task is scored.
    public var overallRank: Int?
    /// Quality per dollar; nil without priced, scored tasks.
    public var costRank: Int?
    public var quality: QualityEstimate
    /// Everything counted for the agent.
    public var total: StatisticsCell
    /// Badge points; they never decide a rank.
    public var points: Int64
    public var categories: [Category: CategoryStanding]
    public var models: [ModelID: ModelStanding]
    public var trend: Trend
    public var badges: [Badge]
}

/// How an agent stands in one category.
public struct CategoryStanding: Hashable, Sendable {
    public var rank: Int?
    public var quality: QualityEstimate
    public var total: StatisticsCell
}

/// How an agent does with one model.
public struct ModelStanding: Hashable, Sendable {
    public var since: Day
    public var total: StatisticsCell
}
