import Postgres

extension Store {
    /// Runs `body` on one state of all tables, whatever others commit meanwhile. For reading: what it writes is run again
    /// when somebody else wrote the same rows.
    public func snapshot<Value: Sendable>(
        _ body: @Sendable (Store) async throws -> Value
    ) async throws -> Value {
        try await transaction(isolation: .repeatableRead, body)
    }
}
