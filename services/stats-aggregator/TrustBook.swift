import HoneCore
import HoneIntelligence
import HoneService
import HoneStore
import Logging
import ServiceLifecycle
import Synchronization

/// How far each reviewer can be trusted, held in memory: a pass over all reviews is not made for every batch.
final class TrustBook: Service {
    private static let refreshInterval: Duration = .seconds(15)

    private let store: Store
    private let logger: Logger
    private let reviewers = Mutex<[AgentID: ReviewerReliability]>([:])

    /// Loads once.
    init(store: Store, logger: Logger) async throws {
        self.store = store
        self.logger = logger
        try await refresh()
    }

    /// ρ; the prior for one who has not been compared with a truth yet.
    func reliability(of reviewer: AgentID) -> Double {
        reviewers.withLock { $0[reviewer] ?? ReviewerReliability() }.value
    }

    func run() async throws {
        await refreshUntilShutdown(every: Self.refreshInterval, "reviewers' reliability", logger: logger) {
            try await self.refresh()
        }
    }

    func refresh() async throws {
        let fresh = try await store.reviews.reliability()
        reviewers.withLock { $0 = fresh }
    }
}
