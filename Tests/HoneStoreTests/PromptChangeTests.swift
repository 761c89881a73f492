import Foundation
import HoneCore
import HoneStore
import Postgres
import Testing

@Suite("A change of prompt", .timeLimit(.minutes(2)))
struct PromptChangeTests {
    private func score(_ store: Store, _ overall: Double?, _ prompt: PromptID?, minutesAgo: Double) async throws {
        let id = try await store.completedTask()
        _ = try await store.scores.insert([
            .sample(id, overall: overall, prompt: prompt, at: .now.addingTimeInterval(-60 * minutesAgo))
        ])
    }

    @Test("each prompt is compared with what was before its first use, with whatever prompt")
    func changes() async throws {
        try await TestStore.run { store, pool in
            let (first, second) = (PromptID.new(), PromptID.new())
            for minutes in 20..<24 { try await score(store, 0.5, first, minutesAgo: Double(minutes)) }
            for minutes in 10..<12 { try await score(store, 0.75, second, minutesAgo: Double(minutes)) }
            try await score(store, nil, second, minutesAgo: 9)
            // Back to the first one: no evidence of how it was before the second came.
            try await score(store, 0, first, minutesAgo: 1)
            let changes = try await store.statistics.promptChanges(of: ada)
            #expect(changes.map(\.promptID) == [second, first])
            let change = try #require(changes.first)
            #expect(change.before?.mean == 0.5 && change.before?.count == 4)
            #expect(change.after?.mean == 0.75 && change.after?.count == 2)
            #expect(change.change?.mean == 0.25)
            #expect((change.change?.low ?? 1) < 0.25 && (change.change?.high ?? 0) > 0.25)
            #expect(changes.last?.before == nil && changes.last?.change == nil && changes.last?.after?.count == 5)
            #expect(try await store.statistics.promptChanges(of: bob).isEmpty)
            try await pool.run("update agent_performance_scores set experiment_id = gen_random_uuid()")
            #expect(try await store.statistics.promptChanges(of: ada).isEmpty)
        }
    }

    @Test("a failed attempt counts as 0 in the means, as on the board, and one of the infrastructure not at all")
    func failures() async throws {
        try await TestStore.run { store, pool in
            let prompt = PromptID.new()
            try await score(store, 0.5, nil, minutesAgo: 5)
            for code in [ErrorCode.modelError, .modelUnavailable] {
                let id = try await store.routedTask()
                let failure = ExecutionRecord.sample(id, result: .failed(TaskFault(code, "it broke"), final: true))
                _ = try await store.executions.record([failure])
                _ = try await countFailure(store, failure.key)
            }
            try await pool.run(
                "update executions set prompt_id = \(prompt)::uuid where status = 'failed'")
            let change = try #require(try await store.statistics.promptChanges(of: ada).first)
            #expect(change.promptID == prompt && change.after?.mean == 0 && change.after?.count == 1)
            #expect(change.before?.mean == 0.5 && change.version == nil)
        }
    }
}
