import HoneCore
import HoneModels
import Synchronization

/// Grants up to what it has, and remembers what it was told.
final class Purse: SpendGuard {
    let caps: [SpendingCap]
    private let left: Mutex<MicroUSD>
    let reservations = Collector<Reservation>()
    let settlements = Collector<CallSettlement>()

    init(_ amount: Int64, capped: Bool = true) {
        left = Mutex(MicroUSD(amount))
        caps = capped ? [SpendingCap(.day("2026-11-21"), limit: MicroUSD(amount))] : []
    }

    func caps(for payer: CallPayer) -> [SpendingCap] { caps + payer.caps }

    func reserve(_ reservation: Reservation) async throws -> ReservationOutcome {
        reservations.add(reservation)
        return left.withLock { left in
            guard reservation.amount <= left else {
                let cap = reservation.caps[0]
                return .refused(
                    SpendingRefusal(
                        cap: cap, spent: cap.limit - left, reserved: .zero, needed: reservation.amount))
            }
            left = left - reservation.amount
            return .granted(reservation.amount)
        }
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
