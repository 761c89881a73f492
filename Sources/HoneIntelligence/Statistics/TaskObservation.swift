public import HoneCore

/// Where one task is counted.
public struct StatisticsKey: Hashable, Sendable {
    public var agent: AgentID
    public var category: Category
    /// 1 to 5; nil where nobody said.
    public var complexity: Int?
    public var model: ModelID?
    public var day: Day

    public init(agent: AgentID, category: Category, complexity: Int? = nil, model: ModelID?, day: Day) {
        self.agent = agent
        self.category = category
        self.complexity = complexity
        self.model = model
        self.day = day
    }
}

/// What is known of one finished task, as its row stands now. When the row is rewritten, the old observation is
/// retracted and the new one added.
public struct TaskObservation: Hashable, Sendable {
    public enum Ending: Hashable, Sendable {
        /// `passed` is nil when nothing could be said about the work.
        case completed(overall: Double?, passed: Bool?)
        case failed(ErrorCode)
    }

    public var key: StatisticsKey
    public var ending: Ending
    /// nil when the price is not known.
    public var cost: MicroUSD?
    public var durationMilliseconds: Int64
    public var tokens: Int64
    /// One to five stars, when somebody gave them.
    public var rating: Int?

    public init(
        key: StatisticsKey, ending: Ending, cost: MicroUSD?, durationMilliseconds: Int64, tokens: Int64 = 0,
        rating: Int? = nil
    ) {
        self.key = key
        self.ending = ending
        self.cost = cost
        self.durationMilliseconds = durationMilliseconds
        self.tokens = tokens
        self.rating = rating
    }

    public var verdict: ScoreVerdict {
        switch ending {
        case .completed(let overall, _): ScoreVerdict(overall: overall)
        case .failed(let code): ScoreVerdict(fault: code)
        }
    }
}
