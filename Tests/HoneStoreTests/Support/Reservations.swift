import Foundation
import HoneCore
import HoneStore
import Postgres
import Testing

/// A reservation that must keep these caps.
func reservation(_ amount: Int64, _ caps: SpendingCap..., least: Int64? = nil, id: UUID = UUID()) -> Reservation {
    Reservation(
        id: id, caps: caps, amount: MicroUSD(amount), least: MicroUSD(least ?? amount), purpose: .task,
        model: .named("m1"))
}

extension SpendingCap {
    static func day(_ limit: Int64, _ day: String = "2026-11-21") -> SpendingCap {
        SpendingCap(.day(day), limit: MicroUSD(limit))
    }

    static func ada(_ limit: Int64) -> SpendingCap {
        SpendingCap(.agent(HoneStoreTests.ada, on: "2026-11-21"), limit: MicroUSD(limit))
    }
}

extension Store {
    /// A budget that has been opened.
    func balance(_ cap: SpendingCap) async throws -> BudgetRecord {
        try #require(try await budgets.load([cap.account]).first)
    }
}

extension PostgresPool {
    /// What is wrong with the ledger: transfers that do not balance, and budgets that their entries do not add up to.
    func ledgerFaults() async throws -> [String] {
        try await query(
            """
            select 'transfer ' || transfer_id::text from budget_ledger
            group by transfer_id, budget_id having sum(amount_micro_usd) <> 0
            union all
            select format('%s %s: %s, %s', scope, scope_id, reserved_micro_usd - entries.reserved,
                spent_micro_usd - entries.spent)
            from budgets left join lateral (
                select coalesce(sum(amount_micro_usd) filter (where account = 'reserved'), 0) as reserved,
                    coalesce(sum(amount_micro_usd) filter (where account = 'spent'), 0) as spent
                from budget_ledger where budget_id = budgets.id) as entries on true
            where (reserved_micro_usd, spent_micro_usd) is distinct from (entries.reserved, entries.spent)
            """, as: String.self)
    }
}
