import Postgres

/// Locks that the whole installation shares. They belong to the transaction and end with it.
public struct Locks: Sendable {
    let executor: any SQLExecutor

    /// Whether this transaction now is the only one that holds `name`; at once, without waiting.
    public func tryAcquire(_ name: String) async throws -> Bool {
        try await executor.first(
            """
            select pg_try_advisory_xact_lock(hashtextextended(\(name)::text, 0)) as acquired
            """, as: Bool.self) ?? false
    }
}
