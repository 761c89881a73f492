extension PostgresConnection {
    /// Waits for the advisory lock `key`, runs `body` while holding it, and lets go.
    @discardableResult
    public nonisolated func withAdvisoryLock<Value>(
        _ key: Int64, _ body: () async throws -> Value
    ) async throws -> Value {
        try await run("select pg_advisory_lock(\(key)::bigint)")
        return try await holding(key, body)
    }

    /// Runs `body` while holding the advisory lock `key`; nil, at once, when somebody else holds it.
    public nonisolated func tryAdvisoryLock<Value>(
        _ key: Int64, _ body: () async throws -> Value
    ) async throws -> Value? {
        guard try await first("select pg_try_advisory_lock(\(key)::bigint)", as: Bool.self) == true else { return nil }
        return try await holding(key, body)
    }

    private nonisolated func holding<Value>(_ key: Int64, _ body: () async throws -> Value) async throws -> Value {
        let outcome: Result<Value, any Error>
        do {
            outcome = .success(try await body())
        } catch {
            outcome = .failure(error)
        }
        await releaseAdvisoryLock(key)
        return try outcome.get()
    }

    /// A connection that cannot let go of a lock is given up, which lets go of it.
    private func releaseAdvisoryLock(_ key: Int64) {
        let released = try? uninterruptible { try perform("select pg_advisory_unlock(\(key)::bigint)") }
        if released == nil { close() }
    }
}

extension Transaction {
    /// Waits for the advisory lock `key` and holds it until the transaction ends.
    public func advisoryLock(_ key: Int64) async throws {
        try await run("select pg_advisory_xact_lock(\(key)::bigint)")
    }

    /// Takes the advisory lock `key` until the transaction ends, unless somebody else holds it.
    public func tryAdvisoryLock(_ key: Int64) async throws -> Bool {
        try await first("select pg_try_advisory_xact_lock(\(key)::bigint)", as: Bool.self) ?? false
    }
}
