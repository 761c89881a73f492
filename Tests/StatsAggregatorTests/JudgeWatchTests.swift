import Foundation
import HoneCore
import HoneService
import HoneStore
import Metrics
import Testing

@testable import StatsAggregator

@Suite("Watching judges", .timeLimit(.minutes(2)))
struct JudgeWatchTests {
    @Test("what is known of judges and reviewers is measured, once at a time")
    func measures() async throws {
        try await Database.use { aggregator in
            let task = try await aggregator.store.scored(overall: 1)
            try await aggregator.store.review(task, score: 0.75)
            let registry = PrometheusRegistry()
            let watch = JudgeWatch(store: aggregator.store, logger: Aggregator.logger, factory: registry)
            try await watch.measure(at: Date().addingTimeInterval(60))
            let said = registry.text()
            // 10 reviews' worth of 0.7, and one that was off by a quarter.
            #expect(said.contains("hone_reviewer_reliability{reviewer=\"kai\"} 0.704"), "\(said)")
            #expect(said.contains("hone_scores_recent_unknown_share 0\n") && !said.contains("kappa"), "\(said)")
            try await aggregator.store.transaction { store in
                #expect(try await store.locks.tryAcquire("judges"))
                // Somebody else is at it: this returns without having read anything.
                let other = PrometheusRegistry()
                try await JudgeWatch(store: aggregator.store, logger: Aggregator.logger, factory: other)
                    .measure(at: Date())
                #expect(!other.text().contains("hone_"))
            }
        }
    }
}
