import Foundation
import HoneService
import HoneStore
import Logging
import ServiceLifecycle

/// Deletes insights that have expired.
struct ForgetInsights: Service {
    private static let interval: Duration = .seconds(3_600)

    let store: Store
    let logger: Logger

    func run() async throws {
        await repeatUntilShutdown(every: Self.interval, "forgetting insights", logger: logger) {
            try await store.insights.expire(at: Date())
        }
    }
}
