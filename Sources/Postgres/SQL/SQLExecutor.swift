/// Whatever runs statements: a pool, a connection, a transaction.
///
/// All three throw ``DatabaseError``, and `CancellationError` when the task is cancelled; the statement is then stopped
/// on the server too.
public protocol SQLExecutor: Sendable {
    /// Runs a statement and returns how many rows it touched.
    @discardableResult
    func run(_ sql: SQL) async throws -> Int

    /// All rows of a statement, decoded: columns go by name to properties (`created_at` to `createdAt`), and a row of
    /// one column also decodes straight to a value such as `Int` or `UUID`.
    func query<Row: Decodable & Sendable>(_ sql: SQL, as type: Row.Type) async throws -> [Row]

    /// The first row of a statement; nil when there is none.
    func first<Row: Decodable & Sendable>(_ sql: SQL, as type: Row.Type) async throws -> Row?
}

extension SQLExecutor {
    /// Tells everyone who listens on `channel`; inside a transaction, once it commits. A payload has at most 8000 bytes.
    public func notify(_ channel: String, payload: String = "") async throws {
        try await run("select pg_notify(\(channel), \(payload))")
    }
}
