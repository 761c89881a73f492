import Foundation
public import HoneCore
import Postgres

extension Store {
    /// Sets money aside for calls, each in every budget it must keep or in none, in the order of `reservations` and in
    /// one transaction. No budget passes its cap, whoever else reserves meanwhile.
    public func reserve(_ reservations: [Reservation]) async throws -> [ReservationOutcome] {
        try await budgets.open(reservations.flatMap(\.caps))
        return try await transaction { try await $0.budgets.reserve(reservations) }
    }
}

extension Budgets {
    fileprivate func reserve(_ reservations: [Reservation]) async throws -> [ReservationOutcome] {
        var allotment = Allotment(try await lock(Set(reservations.flatMap(\.caps).map(\.account.budgetID))))
        let outcomes = reservations.map { allotment.take($0) }
        try await write(allotment, zip(reservations, outcomes).compactMap(PlannedCall.init))
        return outcomes
    }

    /// In one order everywhere, so that two transactions cannot lock each other out.
    private func lock(_ ids: Set<UUID>) async throws -> [Allotment.Balance] {
        try await executor.query(
            """
            select id, cap_micro_usd as cap, reserved_micro_usd as reserved, spent_micro_usd as spent
            from budgets where id = any(\(Array(ids))::uuid[]) order by id for no key update
            """, as: Allotment.Balance.self)
    }

    private func write(_ allotment: Allotment, _ calls: [PlannedCall]) async throws {
        let (changes, shares) = (Array(allotment.changes.values), allotment.shares)
        try await executor.run(
            """
            with changed as (
                update budgets as budget
                set cap_micro_usd = change.cap, reserved_micro_usd = budget.reserved_micro_usd + change.taken,
                    refused = budget.refused + change.refused
                from unnest(
                    \(changes.map(\.balance.id))::uuid[], \(changes.map(\.balance.cap))::bigint[],
                    \(changes.map(\.taken))::bigint[], \(changes.map(\.refused))::bigint[]
                ) as change (id, cap, taken, refused)
                where budget.id = change.id
            ), called as (
                insert into model_calls (id, task_id, purpose, model, reserved_micro_usd)
                select call.id, task.id, call.purpose, call.model, call.amount
                from unnest(
                    \(calls.map(\.reservation.id))::uuid[], \(calls.map(\.reservation.taskID))::uuid[],
                    \(calls.map(\.reservation.purpose))::text[], \(calls.map(\.reservation.model))::text[],
                    \(calls.map(\.amount))::bigint[]
                ) as call (id, task_id, purpose, model, amount)
                left join agent_tasks as task on task.id = call.task_id
            )
            insert into budget_ledger (transfer_id, account, budget_id, amount_micro_usd, model_call_id)
            select share.call_id, entry.account, share.budget_id, entry.sign * share.amount, share.call_id
            from unnest(
                \(shares.map(\.call))::uuid[], \(shares.map(\.budget))::uuid[], \(shares.map(\.amount))::bigint[]
            ) as share (call_id, budget_id, amount)
            cross join (values ('available', -1), ('reserved', 1)) as entry (account, sign)
            """)
    }
}

/// A call that may be made.
private struct PlannedCall {
    let reservation: Reservation
    let amount: MicroUSD

    init?(_ reservation: Reservation, _ outcome: ReservationOutcome) {
        guard case .granted(let amount) = outcome else { return nil }
        self.reservation = reservation
        self.amount = amount
    }
}
