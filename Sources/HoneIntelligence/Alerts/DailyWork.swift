public import HoneCore

/// What one agent did in one category on one day, as far as alerts look at it.
public struct DailyWork: Hashable, Sendable {
    public var agent: AgentID
    public var category: Category
    public var day: Day
    /// Tasks that ended, but for those that broken infrastructure ended.
    public var count: Int64
    /// Those among them that failed.
    public var failed: Int64
    /// Scores, failures as 0.
    public var scores: QualitySample
    /// Tasks whose price is known, and what they cost.
    public var priced: Int64
    public var cost: MicroUSD

    public init(
        agent: AgentID, category: Category, day: Day, count: Int64, failed: Int64 = 0, scores: QualitySample = .init(),
        priced: Int64 = 0, cost: MicroUSD = .zero
    ) {
        self.agent = agent
        self.category = category
        self.day = day
        self.count = count
        self.failed = failed
        self.scores = scores
        self.priced = priced
        self.cost = cost
    }
}

/// Calls of one model in the last days, and those that its endpoint could not serve.
public struct ModelService: Hashable, Sendable {
    public var model: ModelID
    public var count: Int64
    public var unavailable: Int64

    public init(model: ModelID, count: Int64, unavailable: Int64) {
        self.model = model
        self.count = count
        self.unavailable = unavailable
    }
}
