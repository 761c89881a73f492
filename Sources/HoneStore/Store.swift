public import Postgres

/// The system of record: every table of Hone, one repository per aggregate. Nobody else talks to Postgres.
///
/// Repositories are batch-first and idempotent: writing the same batch again changes nothing and says so. Errors are
/// ``DatabaseError``; those of the machinery are transient.
public struct Store: Sendable {
    let executor: any SQLExecutor
    /// Nil inside a transaction.
    private let pool: PostgresPool?

    public init(pool: PostgresPool) {
        executor = pool
        self.pool = pool
    }

    /// A store that joins whatever `executor` is in, for example one connection.
    public init(joining executor: any SQLExecutor) {
        self.executor = executor
        pool = nil
    }

    /// Opens connections when they are needed. Throws ``DatabaseError/invalidURL(reason:)``.
    public init(url: String, options: PoolOptions = PoolOptions()) throws {
        self.init(pool: try PostgresPool(url: url, options: options))
    }

    /// Runs `body` in one transaction: all of it happens or nothing. It is run again after a serialization failure or a
    /// deadlock, so it must have no effects outside the database. Inside a transaction it joins that one.
    public func transaction<Value: Sendable>(
        isolation: IsolationLevel = .readCommitted, _ body: @Sendable (Store) async throws -> Value
    ) async throws -> Value {
        guard let pool else { return try await body(self) }
        return try await pool.transaction(isolation: isolation) { transaction in
            try await body(Store(joining: transaction))
        }
    }

    /// Runs `body` on one connection: for several statements in a row that need no transaction.
    public func session<Value: Sendable>(
        _ body: @Sendable (Store) async throws -> Value
    ) async throws -> Value {
        guard let pool else { return try await body(self) }
        return try await pool.session { connection in try await body(Store(joining: connection)) }
    }

    /// Whether the database answers.
    public func ping() async throws {
        try await executor.run(
            """
            select 1
            """)
    }

    /// Closes the pool; a store inside a transaction has nothing to close.
    public func close() async {
        await pool?.close()
    }
}

extension Store {
    /// Brings the database at `url` up to date with the SQL files of `directory`, one process at a time. Returns the
    /// names of the files it applied. Throws ``MigrationError`` and ``DatabaseError``.
    @discardableResult
    public static func migrate(_ url: String, from directory: String) async throws -> [String] {
        try await Migrations(directory: directory).apply(toURL: url)
    }

    /// Seals the holdout of an up-to-date database at `url`, where that is still to be done; see ``HoldoutSeal``. Nil when it
    /// is sealed, else why it is not.
    public static func seal(_ url: String) async throws -> String? {
        let store = try Store(url: url)
        do {
            let flaw = try await store.seal.flaw() == nil ? nil : store.seal.close()
            await store.close()
            return flaw
        } catch {
            await store.close()
            throw error
        }
    }
}
