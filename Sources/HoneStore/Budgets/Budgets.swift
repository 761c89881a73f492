import Foundation
import HoneCore
import Postgres

/// `budgets`, `budget_ledger` and `model_calls`: who may spend how much, and every micro-dollar that moved.
///
/// Each budget has three accounts: what is available, reserved for calls under way, and spent. Every change is a transfer
/// between them whose entries add up to zero; the sums in `budgets` are those of its entries.
public struct Budgets: Sendable {
    let executor: any SQLExecutor

    /// Opens accounts that are not there. A budget of a day begins with what the day has cost before anybody kept it.
    func open(_ caps: [SpendingCap]) async throws {
        let caps = caps.uniqued(by: \.account)
        guard !caps.isEmpty else { return }
        let accounts = caps.map(\.account)
        try await executor.run(
            """
            with made as (
                insert into budgets (id, scope, scope_id, cap_micro_usd, spent_micro_usd)
                select id, scope, scope_id, cap, coalesce(
                    case when day is not null then (
                        select sum(cost)::bigint from (
                            select sum(cost_micro_usd) as cost from executions
                            where created_at >= account.day::timestamp at time zone 'UTC'
                                and (account.subject is null or agent_id = account.subject)
                            union all
                            select sum(cost_micro_usd) from judgements
                            where created_at >= account.day::timestamp at time zone 'UTC' and account.subject is null
                            union all
                            select sum(cost_micro_usd) from agent_peer_evaluations
                            where created_at >= account.day::timestamp at time zone 'UTC'
                                and evaluator_agent_id in (
                                    select id from agents where account.subject is null or id = account.subject)
                        ) as part)
                    end, 0)
                from unnest(
                    \(accounts.map(\.budgetID))::uuid[], \(accounts.map(\.scope))::text[],
                    \(accounts.map(\.id))::text[], \(caps.map(\.limit))::bigint[],
                    \(accounts.map(\.subject))::text[], \(accounts.map(\.day))::date[]
                ) as account (id, scope, scope_id, cap, subject, day)
                where not exists (select from budgets as known where known.id = account.id)
                order by id
                on conflict do nothing
                returning id, spent_micro_usd
            )
            insert into budget_ledger (transfer_id, account, budget_id, amount_micro_usd)
            select id, entry.account, id, entry.sign * spent_micro_usd
            from made cross join (values ('available', -1), ('spent', 1)) as entry (account, sign)
            where spent_micro_usd <> 0
            """)
    }
}

extension BudgetAccount {
    /// Made of what it is for, so that whoever opens it opens the same one.
    var budgetID: UUID { UUID.hone.derived("budget/\(scope.rawValue)/\(id)") }
}
