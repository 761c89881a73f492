import Postgres

/// Locks that the whole installation shares.
public struct Locks: Sendable {
    let executor: any SQLExecutor

    /// Whether this connection now is the only one that holds `name`, until it lets go or ends: a process that is killed
    /// holds nothing any more. Use it inside ``Store/session(_:)``.
    public func tryHold(_ name: String) async throws -> Bool {
        try await executor.first(
            """
            select pg_try_advisory_lock(hashtextextended(\(name)::text, 0)) as held
            """, as: Bool.self) ?? false
    }

    /// Lets go of what ``tryHold(_:)`` got on this connection.
    public func release(_ name: String) async throws {
        try await executor.run(
            """
            select pg_advisory_unlock(hashtextextended(\(name)::text, 0))
            """)
    }

    /// Lets go of everything that this connection holds.
    public func releaseAll() async throws {
        try await executor.run(
            """
            select pg_advisory_unlock_all()
            """)
    }

    /// Whether this transaction now is the only one that holds `name`, until it ends; at once, without
    /// waiting.
    public func tryAcquire(_ name: String) async throws -> Bool {
        try await executor.first(
            """
            select pg_try_advisory_xact_lock(hashtextextended(\(name)::text, 0)) as acquired
            """, as: Bool.self) ?? false
    }
}
