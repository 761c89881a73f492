import Foundation
import HoneService
import HoneStore
import Logging
import ServiceLifecycle

/// Deletes recordings and log lines that are older than operators want them kept. Of several aggregators one at a time.
struct ForgetRecords: Service {
    private static let interval: Duration = .seconds(3_600)
    private static let day: TimeInterval = 86_400

    let store: Store
    let retention: RetentionSettings
    /// A replay lives on what was recorded, however old it is.
    let isReplaying: Bool
    let logger: Logger

    func run() async throws {
        await repeatUntilShutdown(every: Self.interval, "forgetting old records", logger: logger) {
            try await pass(at: Date())
        }
    }

    func pass(at now: Date) async throws {
        let forgotten = try await store.transaction { store in
            guard try await store.locks.tryAcquire("forgetting") else { return 0 }
            return try await recordings(in: store, now) + lines(in: store, now)
        }
        if forgotten > 0 { logger.info("old records are forgotten", metadata: ["rows": "\(forgotten)"]) }
    }

    private func recordings(in store: Store, _ now: Date) async throws -> Int {
        guard let days = retention.recordingDays, !isReplaying else { return 0 }
        let time = now.addingTimeInterval(-Double(days) * Self.day)
        return try await store.recordedCalls.prune(before: time) + store.recordedCircumstances.prune(before: time)
    }

    private func lines(in store: Store, _ now: Date) async throws -> Int {
        guard let days = retention.logDays else { return 0 }
        return try await store.logs.prune(before: now.addingTimeInterval(-Double(days) * Self.day))
    }
}
