import Foundation
import HoneService
import HoneStore
import Logging
import Metrics
import ServiceLifecycle

/// Looks from time to time whether decisions are on record with what became of them: what is not joined, nothing can be
/// learned from.
struct JoinWatch: Service {
    private static let interval: Duration = .seconds(30)
    /// Decisions younger than this may still wait for their score; older ones than the second were looked at before.
    private static let ages = (youngest: 60.0, oldest: 3_600.0)
    /// A sample of the latest, so that the look costs the same at any traffic.
    private static let most = 5_000

    private let store: Store
    private let logger: Logger
    private let coverage = Gauge(label: "hone_routing_join_coverage")
    private let finished = Gauge(label: "hone_routing_finished_decisions")

    init(store: Store, logger: Logger) {
        self.store = store
        self.logger = logger
        coverage.record(1)
    }

    func run() async throws {
        await refreshUntilShutdown(every: Self.interval, "joining decisions to outcomes", logger: logger) {
            try await look(at: Date())
        }
    }

    /// Nothing finished is nothing missed.
    func look(at now: Date) async throws {
        let found = try await store.routing.joinCoverage(
            from: now.addingTimeInterval(-Self.ages.oldest), to: now.addingTimeInterval(-Self.ages.youngest),
            limit: Self.most)
        coverage.record(found.share ?? 1)
        finished.record(Double(found.finished))
    }
}
