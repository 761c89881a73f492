import HoneService
import HoneStore
import Logging
import ServiceLifecycle
import Synchronization

/// Tells the record which long attempts are still worked on, so that nobody takes a slow model for a dead executor, and
/// stops those that the record says are no longer wanted.
final class Heartbeat: Service {
    /// How often it looks, and how long an attempt lasts before it is looked at.
    private static let interval: Duration = .seconds(1)
    /// How often it tells, and how long an attempt lasts before it is mentioned at all.
    private static let renewal: Duration = .seconds(5)

    private struct Attempt {
        let start: ContinuousClock.Instant
        var renewed: ContinuousClock.Instant
        var isLost = false
        let stop: @Sendable () -> Void
    }

    private let store: Store
    private let logger: Logger
    private let attempts = Mutex<[AttemptKey: Attempt]>([:])

    init(store: Store, logger: Logger) {
        self.store = store
        self.logger = logger
    }

    /// Looks after an attempt for as long as `body` runs. Nil when it was stopped because its task was cancelled, or went
    /// to somebody else, meanwhile.
    func during<Value: Sendable>(
        _ key: AttemptKey, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value? {
        let work = Task.immediate { try await body() }
        let now = ContinuousClock.now
        attempts.withLock { $0[key] = Attempt(start: now, renewed: now) { work.cancel() } }
        let result = await withTaskCancellationHandler {
            await work.result
        } onCancel: {
            work.cancel()
        }
        let attempt = attempts.withLock { $0.removeValue(forKey: key) }
        if case .failure = result, attempt?.isLost == true { return nil }
        return try result.get()
    }

    func run() async throws {
        // The consumer drains first, so that what it finishes during a shutdown is still told of.
        await repeatUntilShutdown(every: Self.interval, "telling what is still worked on", logger: logger) {
            try await self.beat()
        }
    }

    func beat() async throws {
        let now = ContinuousClock.now
        let long = attempts.withLock { $0.filter { now - $0.value.start >= Self.interval }.map(\.key) }
        for key in try await store.executions.lost(among: long) { stop(key) }
        let due = attempts.withLock { $0.filter { now - $0.value.renewed >= Self.renewal }.map(\.key) }
        try await store.executions.renew(due)
        attempts.withLock { attempts in
            for key in due { attempts[key]?.renewed = now }
        }
    }

    private func stop(_ key: AttemptKey) {
        let stop = attempts.withLock { attempts in
            attempts[key]?.isLost = true
            return attempts[key]?.stop
        }
        stop?()
    }
}
