import HoneCore
import HoneIntelligence
import HoneStore

/// Brings the ledger and the statistics up to date with what is known of tasks.
///
/// A task's row is always made anew from the tables, and the counters move by its difference to what they held. So
/// messages may come late, twice and in any order.
struct Ledger {
    let store: Store
    let desk: RewardDesk
    let board: Board

    /// Counts tasks, and failed attempts at them, in a transaction of its own.
    func count(_ tasks: [TaskID], attempts: [AttemptKey] = []) async throws {
        try await transaction { store, ledger in
            try await ledger.enter(tasks, attempts: attempts, in: store)
        }
    }

    /// Runs `body`, which calls ``enter(_:attempts:in:)``, and lets the board know once its effects are committed.
    func transaction<Value: Sendable>(
        _ body: @Sendable (Store, Ledger) async throws -> Value
    ) async throws -> Value {
        let value = try await store.transaction { store in try await body(store, self) }
        board.changed()
        return value
    }

    /// The same as part of the transaction that `store` is in.
    func enter(_ tasks: [TaskID], attempts: [AttemptKey] = [], in store: Store) async throws {
        let evidence = try await store.rewards.evidence(of: tasks)
        let failures = try await store.statistics.countFailures(attempts)
        try await mirrorEarlyRatings(evidence, in: store)
        try await store.rewards.write(evidence.map(desk.entry))
        try await store.statistics.merge(changes(evidence, failures))
    }

    private func changes(_ evidence: [LedgerEvidence], _ failures: [TaskObservation]) -> StatisticsTable {
        var changes = StatisticsTable(failures)
        for task in evidence {
            if let counted = task.counted { changes.retract(counted) }
            if let observation = task.observation { changes.add(observation) }
        }
        return changes
    }

    /// A rating that was stored while the task was being scored has not seen the scores, nor they it.
    private func mirrorEarlyRatings(_ evidence: [LedgerEvidence], in store: Store) async throws {
        let early = evidence.filter { !$0.isInLedger && $0.rating != nil }.map(\.taskID)
        guard !early.isEmpty else { return }
        try await store.feedback.mirror(early)
    }
}
