public import Foundation
public import HoneCore
import Postgres

extension Budgets {
    /// Moves what calls cost from reserved to spent, and the rest back to what is available. Each call is settled once,
    /// whoever tells of it again; one that was released meanwhile is put right.
    public func settle(_ settlements: [CallSettlement]) async throws {
        _ = try await end(settlements.uniqued(by: \.id), releasing: false)
    }

    /// Calls that nobody has settled since `time`, locked; others' hands are off them.
    fileprivate func stale(openedBefore time: Date, limit: Int) async throws -> [UUID] {
        try await executor.query(
            """
            select id from model_calls where status = 'open' and created_at < \(time)::timestamptz
            order by id limit \(limit)::bigint for update skip locked
            """, as: UUID.self)
    }

    /// Returns how many calls ended by this. The calls are locked before the budgets, both in their one order.
    fileprivate func end(_ rows: [CallSettlement], releasing: Bool) async throws -> Int {
        guard !rows.isEmpty else { return 0 }
        return try await executor.first(
            """
            with ended as (
                select call.id, call.status, call.reserved_micro_usd as reserved, outcome.fault,
                    coalesce(outcome.cost, call.reserved_micro_usd) as spent, outcome.cost, input, cached, output
                from unnest(
                    \(rows.map(\.id))::uuid[], \(rows.map(\.cost))::bigint[], \(rows.map(\.fault))::text[],
                    \(rows.map(\.usage.inputTokens))::bigint[], \(rows.map(\.usage.cachedInputTokens))::bigint[],
                    \(rows.map(\.usage.outputTokens))::bigint[]
                ) as outcome (id, cost, fault, input, cached, output)
                join model_calls as call on call.id = outcome.id
                where call.status in ('open', 'abandoned') order by call.id for update of call
            ), noted as (
                update model_calls as call
                set status = case when \(releasing)::boolean then 'abandoned'
                        when ended.fault is null then 'settled' else 'failed' end,
                    cost_micro_usd = ended.cost, error_code = ended.fault, input_tokens = ended.input,
                    cached_input_tokens = ended.cached, output_tokens = ended.output, settled_at = now()
                from ended where call.id = ended.id
            ), share as (
                select entry.budget_id, ended.id as call_id,
                    md5(ended.id::text || case when \(releasing)::boolean then '/release' else '/settle' end)::uuid
                        as transfer_id,
                    case when ended.status = 'open' then -ended.reserved else 0 end as reserved,
                    ended.spent - case when ended.status = 'open' then 0 else ended.reserved end as spent
                from ended join budget_ledger as entry
                    on entry.transfer_id = ended.id and entry.account = 'reserved'
            ), locked as (
                select id from budgets where id in (select budget_id from share) order by id for no key update
            ), moved as (
                update budgets as budget
                set reserved_micro_usd = budget.reserved_micro_usd + total.reserved,
                    spent_micro_usd = budget.spent_micro_usd + total.spent
                from (
                    select budget_id, sum(reserved)::bigint as reserved, sum(spent)::bigint as spent
                    from share group by budget_id
                ) as total join locked on locked.id = total.budget_id
                where budget.id = total.budget_id
            ), entered as (
                insert into budget_ledger (transfer_id, account, budget_id, amount_micro_usd, model_call_id)
                select share.transfer_id, entry.account, share.budget_id, entry.amount, share.call_id
                from share cross join lateral (
                    values ('reserved', share.reserved), ('spent', share.spent),
                        ('available', -share.reserved - share.spent)
                ) as entry (account, amount)
                where entry.amount <> 0
            )
            select count(*) from ended
            """, as: Int.self) ?? 0
    }
}

extension Store {
    /// Counts calls that nobody has settled since `time` as spent whole: whoever made them is gone, and they may have been
    /// billed. So they stay in their budgets for as long as those last. Returns how many there were.
    public func releaseReservations(openedBefore time: Date, limit: Int = 500) async throws -> Int {
        try await transaction { store in
            let stale = try await store.budgets.stale(openedBefore: time, limit: limit)
            return try await store.budgets.end(
                stale.map { CallSettlement(id: $0, cost: nil, fault: "stale") }, releasing: true)
        }
    }
}
