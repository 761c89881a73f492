import HoneService
import HoneStore

/// Puts what becomes of attempts on record, many at a time where many come.
struct AttemptLedger {
    private let beginnings: GroupCommit<AttemptKey, Beginning>
    private let results: GroupCommit<ExecutionRecord, Recording>

    /// Writes begin at least `spacing` apart.
    init(store: Store, spacing: Duration) {
        beginnings = GroupCommit(spacing: spacing) { try await store.executions.begin($0) }
        results = GroupCommit(spacing: spacing) { try await store.executions.record($0) }
    }

    func begin(_ attempt: AttemptKey) async throws -> Beginning { try await beginnings.submit(attempt) }
    func record(_ result: ExecutionRecord) async throws -> Recording { try await results.submit(result) }
}
