extension PostgresPool {
    /// Runs `body` in a transaction: committed when it returns, rolled back when it throws.
    ///
    /// When the server says that the transaction lost against another (serialization failure, deadlock), all of `body`
    /// runs again after a jittered pause, up to `maxAttempts` times; so it must have no effect outside the database.
    @discardableResult
    public func transaction<Value: Sendable>(
        isolation: IsolationLevel = .readCommitted, maxAttempts: Int = 5,
        _ body: @Sendable (Transaction) async throws -> Value
    ) async throws -> Value {
        var pause = Backoff(first: .milliseconds(10), limit: .seconds(1))
        var attempt = 1
        while true {
            do {
                return try await withConnection { try await $0.transaction(isolation: isolation, body) }
            } catch let error as DatabaseError where error.isWorthRerunning && attempt < maxAttempts {
                attempt += 1
                try await Task.sleep(for: pause.next())
            }
        }
    }

    /// Waits for the advisory lock `key` and runs `body` while holding it, on the connection that holds it.
    @discardableResult
    public func withAdvisoryLock<Value>(
        _ key: Int64, _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        try await withConnection { connection in
            try await connection.withAdvisoryLock(key) { try await body(connection) }
        }
    }

    /// Runs `body` while holding the advisory lock `key`; nil, at once, when somebody else holds it.
    public func tryAdvisoryLock<Value>(
        _ key: Int64, _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value? {
        try await withConnection { connection in
            try await connection.tryAdvisoryLock(key) { try await body(connection) }
        }
    }
}
