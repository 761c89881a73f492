import HoneService
import HoneStore
import Logging
import ServiceLifecycle
import Synchronization

/// Tells the record which long attempts are still worked on, so that nobody takes a slow model for a dead executor.
final class Heartbeat: Service {
    /// How often it beats, and how long an attempt lasts before it is mentioned at all.
    private static let interval: Duration = .seconds(5)

    private let store: Store
    private let logger: Logger
    private let attempts = Mutex<[AttemptKey: ContinuousClock.Instant]>([:])

    init(store: Store, logger: Logger) {
        self.store = store
        self.logger = logger
    }

    /// Looks after an attempt for as long as `body` runs.
    func during<Value>(_ attempt: AttemptKey, _ body: () async throws -> Value) async rethrows -> Value {
        attempts.withLock { $0[attempt] = .now }
        defer { attempts.withLock { $0[attempt] = nil } }
        return try await body()
    }

    func run() async throws {
        // The consumer drains first, so that what it finishes during a shutdown is still told of.
        await repeatUntilShutdown(every: Self.interval, "telling what is still worked on", logger: logger) {
            try await self.beat()
        }
    }

    func beat() async throws {
        let long = attempts.withLock { $0.filter { .now - $0.value >= Self.interval }.map(\.key) }
        try await store.executions.renew(long)
    }
}
