public import Foundation
import HoneCore
import HoneIntelligence
public import HoneStore
public import Logging
import Metrics
public import ServiceLifecycle

/// Looks after the day's budgets: counts calls whose process is gone as spent, raises and clears alerts, and shows how the
/// day stands. Of several processes one at a time.
public struct BudgetWatch: Service {
    private static let interval: Duration = .seconds(15)
    private static let lock = "budget-watch"

    private let store: Store
    private let logger: Logger
    private let now: @Sendable () -> Date
    private let cap = Gauge(label: "hone.budget.day.cap_micro_usd")
    private let reserved = Gauge(label: "hone.budget.day.reserved_micro_usd")
    private let spent = Gauge(label: "hone.budget.day.spent_micro_usd")

    public init(store: Store, logger: Logger, now: @escaping @Sendable () -> Date = { Date() }) {
        self.store = store
        self.logger = logger
        self.now = now
    }

    public func run() async throws {
        await repeatUntilShutdown(every: Self.interval, "the watch over the budgets", logger: logger) {
            try await pass()
        }
    }

    /// Looks once.
    public func pass() async throws {
        let (day, time) = (Day(now()).text, now().addingTimeInterval(-Reservation.longestLife))
        let (released, raised) = try await store.transaction { store in
            guard try await store.locks.tryAcquire(Self.lock) else { return (0, 0) }
            return (
                try await store.releaseReservations(openedBefore: time), try await store.budgets.watch(day)
            )
        }
        if released > 0 {
            logger.warning(
                "calls that nobody settled count as spent whole", metadata: ["calls": "\(released)"])
        }
        if raised > 0 { logger.warning("a budget is nearly or wholly used up", metadata: ["alerts": "\(raised)"]) }
        try await show(day)
    }

    private func show(_ day: String) async throws {
        guard let today = try await store.budgets.load([.day(day)]).first else { return }
        cap.record(today.cap.rawValue)
        reserved.record(today.reserved.rawValue)
        spent.record(today.spent.rawValue)
    }
}
