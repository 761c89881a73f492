import Foundation
import HoneCore

/// Gives out what is left in some budgets, call by call. Pure: the rows are locked by whoever asks.
struct Allotment {
    /// A budget as it stands.
    struct Balance: Decodable {
        var id: UUID
        var cap: MicroUSD
        var reserved: MicroUSD
        var spent: MicroUSD
    }

    /// A budget after some calls.
    struct Change {
        var balance: Balance
        var taken = MicroUSD.zero
        var refused = 0
    }

    /// What a granted call holds in one budget.
    struct Share {
        var call: UUID
        var budget: UUID
        var amount: MicroUSD
    }

    private(set) var changes: [UUID: Change]
    private(set) var shares: [Share] = []

    init(_ balances: [Balance]) {
        changes = Dictionary(balances.map { ($0.id, Change(balance: $0)) }) { first, _ in first }
    }

    /// Takes from every budget of the reservation or from none.
    mutating func take(_ reservation: Reservation) -> ReservationOutcome {
        let amount = shrunk(reservation)
        for cap in reservation.caps where left(of: cap) < amount {
            return .refused(refusal(cap, amount, of: reservation))
        }
        for cap in reservation.caps {
            let id = cap.account.budgetID
            changes[id]?.balance.cap = cap.limit
            changes[id]?.taken += amount
            shares.append(Share(call: reservation.id, budget: id, amount: amount))
        }
        return .granted(amount)
    }

    /// An answer may be as short as its task's cap asks for; no other cap makes it shorter.
    private func shrunk(_ reservation: Reservation) -> MicroUSD {
        let own = reservation.caps.filter { $0.account.scope == .task }.map { left(of: $0) }.min()
        return max(reservation.least, min(reservation.amount, own ?? reservation.amount))
    }

    private func left(of cap: SpendingCap) -> MicroUSD {
        guard let change = changes[cap.account.budgetID] else { return .zero }
        return cap.limit - change.balance.reserved - change.balance.spent - change.taken
    }

    private mutating func refusal(
        _ cap: SpendingCap, _ amount: MicroUSD, of reservation: Reservation
    ) -> SpendingRefusal {
        let id = cap.account.budgetID
        changes[id]?.balance.cap = cap.limit
        let change = changes[id]
        let refusal = SpendingRefusal(
            cap: cap, spent: change?.balance.spent ?? .zero,
            reserved: (change?.balance.reserved ?? .zero) + (change?.taken ?? .zero), needed: amount)
        if !(reservation.isPatient && refusal.isPassing) { changes[id]?.refused += 1 }
        return refusal
    }
}
