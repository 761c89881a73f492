import Foundation

/// What happens on the thread. Everything here blocks it.
extension PostgresConnection {
    /// Runs a statement by its prepared form, and once more when a change of schema has made that stale.
    func perform(_ sql: SQL) throws -> PostgresResult {
        let parameters = try ParameterBuffer(sql.values)
        let result = try executePrepared(sql.text, parameters)
        guard result.complaint?.isStalePlan == true else { return try checked(result, sql.text) }
        try forgetStalePlan(sql.text)
        return try checked(executePrepared(sql.text, parameters), sql.text)
    }

    /// Returns the command tag of the last statement.
    func runScript(_ script: String) throws -> String {
        try handle.send(script: script)
        return try answer(to: nil).commandTag
    }

    /// The result of what was sent last; a complaint is thrown.
    func answer(to statement: String?) throws -> PostgresResult {
        try checked(finish(), statement)
    }

    /// The result of what was sent last, complaint or not.
    func finish() throws -> PostgresResult {
        let deadline = deadline
        do {
            return try handle.finish(until: deadline)
        } catch DatabaseError.timedOut {
            throw abandon()
        }
    }

    /// The server stopped keeping its own time limit, so the connection cannot be trusted to answer ever.
    func abandon() -> DatabaseError {
        handle = PostgresHandle(unconnectedTo: settings.server)
        return .timedOut
    }

    /// Five seconds after the server itself should have stopped the statement.
    var deadline: ContinuousClock.Instant? {
        settings.options.statementTimeout.map { .now + $0 + .seconds(5) }
    }

    func checked(_ result: PostgresResult, _ statement: String?) throws -> PostgresResult {
        switch result.kind {
        case .done, .rows: return result
        case .copyIn, .copyOut:
            _ = abandon()
            throw DatabaseError.rejected(sqlState: "0A000", message: "COPY has a method of its own")
        case .failed, .pipelineAborted, .pipelineSync: throw failure(result, statement)
        }
    }

    func failure(_ result: PostgresResult, _ statement: String?) -> DatabaseError {
        result.complaint?.sorted(server: settings.server, statement: statement) ?? handle.refused()
    }

    /// The name of the prepared form, prepared now if it was not before.
    func prepare(_ text: String) throws -> String {
        if let name = statements.name(for: text) { return name }
        let name = statements.freshName()
        try handle.sendPrepare(name, text)
        _ = try answer(to: text)
        if let evicted = statements.remember(text, as: name) { _ = try runScript("deallocate \(evicted)") }
        return name
    }

    /// After this the statement can be tried again; inside a transaction, which is aborted by now, only as a whole.
    func forgetStalePlan(_ text: String) throws {
        statements.forget(text)
        if handle.isInTransaction { throw DatabaseError.conflict(sqlState: "0A000") }
    }

    private func executePrepared(_ text: String, _ parameters: ParameterBuffer) throws -> PostgresResult {
        try handle.sendExecute(prepare(text), parameters)
        return try finish()
    }
}
