/// How much of other transactions' work a transaction may see.
public enum IsolationLevel: String, Sendable {
    case readCommitted = "read committed"
    case repeatableRead = "repeatable read"
    case serializable
}

/// An open transaction. It ends with the closure that it was given to, and refuses statements after that.
public struct Transaction: SQLExecutor {
    let connection: PostgresConnection
    let number: UInt64

    @discardableResult
    public func run(_ sql: SQL) async throws -> Int {
        try await connection.run(sql, in: number)
    }

    public func query<Row: Decodable & Sendable>(_ sql: SQL, as type: Row.Type) async throws -> [Row] {
        try await connection.query(sql, as: type, in: number)
    }

    public func first<Row: Decodable & Sendable>(_ sql: SQL, as type: Row.Type) async throws -> Row? {
        try await connection.first(sql, as: type, in: number)
    }

    /// Sends many statements in one round trip; see ``PostgresConnection/pipeline(_:)``.
    @discardableResult
    public func pipeline(_ statements: [SQL]) async throws -> [Int] {
        try await connection.pipeline(statements, in: number)
    }
}

extension PostgresConnection {
    /// Runs `body` in a transaction: committed when it returns, rolled back when it throws. Not retried; the pool's
    /// ``PostgresPool/transaction(isolation:maxAttempts:_:)`` is. It runs on the connection's thread, as in
    /// ``session(_:)``.
    @discardableResult
    public func transaction<Value: Sendable>(
        isolation: IsolationLevel = .readCommitted, _ body: @Sendable (Transaction) async throws -> Value
    ) async throws -> Value {
        let transaction = try await begin(isolation)
        do {
            let value = try await body(transaction)
            try commit()
            return value
        } catch {
            rollback()
            throw error
        }
    }

    /// Runs `body` on the connection's thread, so that from one statement to the next nothing changes threads.
    @discardableResult
    public func session<Value: Sendable>(
        _ body: @Sendable (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        try await body(self)
    }

    func run(_ sql: SQL, in transaction: UInt64) async throws -> Int {
        try await execute(sql, in: transaction) { $0.affectedRows }
    }

    func query<Row: Decodable & Sendable>(_ sql: SQL, as type: Row.Type, in transaction: UInt64) async throws -> [Row] {
        try await execute(sql, in: transaction) { try RowSet($0).decode(type) }
    }

    func first<Row: Decodable & Sendable>(_ sql: SQL, as type: Row.Type, in transaction: UInt64) async throws -> Row? {
        try await execute(sql, in: transaction) { try RowSet($0).decode(type, limit: 1).first }
    }
}
