import HoneCore
import HoneModels
import Synchronization

/// Grants up to what it has, and remembers what it was told.
final class Purse: SpendGuard {
    private struct State {
        var left: MicroUSD
        /// By another call, which gives it back when this many have been refused.
        var held: MicroUSD
        var freeAfter: Int
    }

    let caps: [SpendingCap]
    private let state: Mutex<State>
    let reservations = Collector<Reservation>()
    let settlements = Collector<CallSettlement>()

    init(_ amount: Int64, capped: Bool = true, held: Int64 = 0, freeAfter: Int = .max) {
        state = Mutex(State(left: MicroUSD(amount - held), held: MicroUSD(held), freeAfter: freeAfter))
        caps = capped ? [SpendingCap(.day("2026-11-21"), limit: MicroUSD(amount))] : []
    }

    func caps(for payer: CallPayer) -> [SpendingCap] { caps + payer.caps }

    func reserve(_ reservation: Reservation) async throws -> ReservationOutcome {
        reservations.add(reservation)
        return state.withLock { state in
            guard reservation.amount <= state.left else { return .refused(refusal(reservation, &state)) }
            state.left -= reservation.amount
            return .granted(reservation.amount)
        }
    }

    private func refusal(_ reservation: Reservation, _ state: inout State) -> SpendingRefusal {
        let cap = reservation.caps[0]
        let refusal = SpendingRefusal(
            cap: cap, spent: cap.limit - state.left - state.held, reserved: state.held, needed: reservation.amount)
        state.freeAfter -= 1
        if state.freeAfter == 0 { (state.left, state.held) = (state.left + state.held, .zero) }
        return refusal
    }

    func settle(_ settlement: CallSettlement) async { settlements.add(settlement) }
}

extension Purse {
    static let price = ModelPrice(inputPer1K: 1, outputPer1K: 2)

    static func catalog(
        _ purse: Purse, _ models: ApprovedModel..., retry: RetryPolicy = .none, timing: ModelTiming = .system,
        observers: [any ModelCallObserver] = []
    ) -> ModelCatalog {
        ModelCatalog(
            models, environment: Fixture.environment,
            options: ModelCatalogOptions(retry: retry, timing: timing, spending: purse), observers: observers)
    }

    static func request(_ text: String = "hm", maxTokens: Int? = 10) -> ChatRequest {
        var request = ChatRequest([.system("be brief"), .user(text)], payer: CallPayer(.judge))
        request.parameters.maxTokens = maxTokens
        return request
    }
}
