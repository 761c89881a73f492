public import HoneCore

/// One agent's place on the board.
public struct LeaderboardEntry: Hashable, Sendable {
    public var agent: AgentID
    public var nickname: String
    /// nil until a first task is scored.
    public var overall: Place?
    /// By quality per dollar; nil without priced, scored tasks.
    public var cost: Place?
    /// Adjusted for how hard the tasks were; the prior alone until a first task is scored.
    public var quality: QualityEstimate
    /// Everything counted for the agent.
    public var total: StatisticsCell
    /// Badge points; they never decide a rank.
    public var points: Int64
    public var categories: [Category: CategoryStanding]
    public var models: [ModelID: ModelStanding]
    public var trend: Trend
    public var badges: [Badge]

    public var overallRank: Int? { overall?.rank }
    public var costRank: Int? { cost?.rank }
}

/// A rank, and what is doubtful about it.
public struct Place: Hashable, Sendable {
    public var rank: Int
    /// The ranks that the intervals leave open.
    public var band: ClosedRange<Int>
    /// For the first only: how many more verdicts could end that. Nil beyond 10,000, and where nobody else is ranked.
    public var flipsToLoseFirst: Int?
}

/// How an agent stands in one category.
public struct CategoryStanding: Hashable, Sendable {
    public var place: Place?
    public var quality: QualityEstimate
    public var total: StatisticsCell

    public var rank: Int? { place?.rank }
}
