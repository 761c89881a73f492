import Foundation
import HoneBus
import HoneIntelligence
import HoneService
import HoneStore
import Logging
import ServiceLifecycle

/// Has reviews that no budget could pay asked for again, when the next day's budgets have begun. Of several peer-reviewers
/// each takes a part.
struct LateReviews: Service {
    private static let interval: Duration = .seconds(60)

    let store: Store
    let publisher: any Publisher
    let logger: Logger

    func run() async throws {
        await repeatUntilShutdown(every: Self.interval, "asking for late reviews", logger: logger) {
            _ = try await pass(at: Date())
        }
    }

    /// Returns how many tasks were announced again. The reconciler sends a message that is lost once more.
    func pass(at now: Date) async throws -> Int {
        try await store.transaction { store in
            let due = try await store.reviews.takeDue(on: Day(now).text)
            guard !due.isEmpty else { return 0 }
            let scores = try await store.scores.load(due)
            try await publisher.publish(scores.map { try $0.announcement(traceparent: nil) })
            return scores.count
        }
    }
}
