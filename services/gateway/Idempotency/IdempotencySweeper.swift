import Foundation
import HoneService
import HoneStore
import Logging
import ServiceLifecycle

/// Forgets answers that were kept for a day.
struct IdempotencySweeper: Service {
    private static let lifetime: TimeInterval = 86_400

    let requests: IdempotentRequests
    let logger: Logger

    func run() async throws {
        await repeatUntilShutdown(every: .seconds(600), "forgetting kept answers", logger: logger) {
            try await requests.sweep(before: Date().addingTimeInterval(-Self.lifetime))
        }
    }
}
