public import Foundation
public import HoneCore
import HoneIntelligence
public import HoneStore

extension BudgetsBody {
    /// The budgets of the day of `now`; `setting` is the cap of `HONE_DAILY_BUDGET_USD`, and of two caps the lower one holds.
    public static func load(from store: Store, setting: MicroUSD?, at now: Date) async throws -> BudgetsBody {
        let (day, midnight) = (Day(now).text, Day(now).start)
        var caps = Dictionary(try await store.budgets.dailyCaps().map { ($0.agentID, $0.limit) }) { first, _ in first }
        caps[nil] = [caps[nil], setting].compactMap(\.self).min()
        let open = Dictionary(try await store.budgets.ofDay(day).map { ($0.account, $0) }) { first, _ in first }
        var items: [BudgetBody] = []
        for (agent, cap) in caps.sorted(by: { ($0.key?.rawValue ?? "") < ($1.key?.rawValue ?? "") }) {
            let account = agent.map { BudgetAccount.agent($0, on: day) } ?? .day(day)
            // One that no call has asked for yet will begin with what the day has cost so far.
            var record = open[account]
            if record == nil {
                let spent = try await store.budgets.spent(since: midnight, by: agent)
                record = BudgetRecord(account, cap: cap, spent: spent)
            }
            record?.cap = cap
            if let record { items.append(BudgetBody(record)) }
        }
        return BudgetsBody(
            day: day, spentTodayUSD: try await store.budgets.spent(since: midnight).dollars, items: items,
            unpricedModels: try await store.models.all().filter { $0.price == nil && !$0.isFree }.map(\.id))
    }
}

extension BudgetRequest {
    /// Sets the cap and puts on record who did. Throws `InvalidValue` where there is no such agent.
    public func apply(to store: Store, actor: String) async throws {
        let limit = try limit()
        try await store.transaction { store in
            if let agentID, try await store.agents.load(agentID) == nil {
                throw InvalidValue(path: "agent_id", found: "\"\(agentID)\"", expected: "an agent that is on record")
            }
            try await store.budgets.setDailyCap(of: agentID, to: limit)
            try await store.audit.record(
                actor: actor, action: "budget.set", subjectKind: "budget", subjectID: agentID?.rawValue ?? "day",
                details: ["daily_usd": dailyUSD.map(JSONValue.number) ?? .null])
        }
    }
}
