public import HoneCore
public import HoneStore

/// A cap on one day's spending, and how far it is used.
public struct BudgetBody: Codable, Sendable {
    public var scope: BudgetScope
    /// The agent that it is on; nil for everything.
    @OrNull public var agentID: AgentID?
    public var capUSD: Double
    /// Set aside for calls under way.
    public var reservedUSD: Double
    public var spentUSD: Double
    /// What calls may still set aside; never below zero.
    public var leftUSD: Double
    /// Calls that were refused because of it.
    public var refused: Int

    enum CodingKeys: String, CodingKey {
        case scope, refused
        case agentID = "agent_id"
        case capUSD = "cap_usd"
        case reservedUSD = "reserved_usd"
        case spentUSD = "spent_usd"
        case leftUSD = "left_usd"
    }

    public init(_ record: BudgetRecord) {
        scope = record.scope
        agentID = record.account.subject.flatMap { AgentID($0) }
        capUSD = record.cap.dollars
        reservedUSD = record.reserved.dollars
        spentUSD = record.spent.dollars
        leftUSD = max(.zero, record.cap - record.spent - record.reserved).dollars
        refused = record.refused
    }
}

/// The day's budgets.
public struct BudgetsBody: Codable, Sendable {
    /// In UTC: `2026-11-21`. Budgets begin anew at midnight.
    public var day: String
    /// What tasks, judgements and reviews of the day have cost, with or without a cap; models without a price are not in
    /// it.
    public var spentTodayUSD: Double
    /// The cap on everything first, then agents'.
    public var items: [BudgetBody]
    /// Models whose price nobody has told: they are not called where a cap applies.
    public var unpricedModels: [ModelID]

    public init(day: String, spentTodayUSD: Double, items: [BudgetBody], unpricedModels: [ModelID]) {
        self.day = day
        self.spentTodayUSD = spentTodayUSD
        self.items = items
        self.unpricedModels = unpricedModels
    }

    enum CodingKeys: String, CodingKey {
        case day, items
        case spentTodayUSD = "spent_today_usd"
        case unpricedModels = "unpriced_models"
    }
}

/// What a day may cost from now on.
public struct BudgetRequest: Codable, Sendable {
    public var agentID: AgentID?
    /// Null takes the cap away; it must be said all the same, so that nobody forgets it by mistake.
    @OrNull public var dailyUSD: Double?

    enum CodingKeys: String, CodingKey {
        case agentID = "agent_id"
        case dailyUSD = "daily_usd"
    }

    public init(agentID: AgentID?, dailyUSD: Double?) {
        self.agentID = agentID
        self.dailyUSD = dailyUSD
    }

    /// The amount; nil takes the cap away. Throws `InvalidValue` below zero.
    public func limit() throws(InvalidValue) -> MicroUSD? {
        guard let dailyUSD else { return nil }
        guard dailyUSD >= 0, dailyUSD <= 1e12 else {
            throw InvalidValue(path: "daily_usd", found: "\(dailyUSD)", expected: "dollars of at least 0, or null")
        }
        return MicroUSD(dollars: dailyUSD)
    }
}
