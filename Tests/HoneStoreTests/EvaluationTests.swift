import Foundation
import HoneCore
import HoneStore
import Postgres
import Testing

@Suite("Evaluations on record", .timeLimit(.minutes(5)))
struct EvaluationTests {
    @Test("of evaluations that are made the baseline at once, one is it, and none of those who ask is turned away")
    func baselines() async throws {
        try await TestStore.run { store, pool in
            let ids = (0..<16).map { _ in EvaluationID.new() }
            for id in ids {
                try await pool.run(
                    "insert into evaluations (id, agent_id, status) values (\(id)::uuid, 'ada', 'completed')")
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for id in ids {
                    group.addTask {
                        let isMarked = try await store.transaction { try await $0.evaluations.markBaseline(id) }
                        #expect(isMarked)
                    }
                }
                try await group.waitForAll()
            }
            let kinds = try await store.evaluations.list(of: .named("ada"), benchmark: nil, status: nil, limit: 20)
                .map(\.kind)
            #expect(kinds.count == 16 && kinds.filter { $0 == .baseline }.count == 1)
        }
    }
}
