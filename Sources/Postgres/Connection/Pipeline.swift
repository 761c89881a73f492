/// Statements gathered to travel together.
public struct Pipeline: Sendable {
    private(set) var statements: [SQL] = []

    /// Adds a statement.
    public mutating func run(_ sql: SQL) { statements.append(sql) }
}

extension PostgresConnection {
    /// Gathers statements and sends them in one round trip; returns how many rows each touched.
    ///
    /// They succeed or fail together, as one transaction (or as part of the one that is open). The error is that of the
    /// first statement that failed.
    @discardableResult
    public nonisolated func pipeline(_ gather: (inout Pipeline) throws -> Void) async throws -> [Int] {
        var pipeline = Pipeline()
        try gather(&pipeline)
        return try await self.pipeline(pipeline.statements)
    }

    /// Sends many statements in one round trip; see ``pipeline(_:)``.
    @discardableResult
    public func pipeline(_ statements: [SQL]) async throws -> [Int] {
        try await pipeline(statements, in: nil)
    }

    func pipeline(_ statements: [SQL], in transaction: UInt64?) async throws -> [Int] {
        try checkOpen(transaction)
        guard !statements.isEmpty else { return [] }
        return try await interruptible { try self.performPipeline(statements) }
    }

    /// Runs the statements, and once more when a change of schema has made a prepared form stale.
    private func performPipeline(_ statements: [SQL]) throws -> [Int] {
        let parameters = try statements.map { try ParameterBuffer($0.values) }
        let results = try exchange(statements, parameters)
        guard let stale = results.firstIndex(where: { $0.complaint?.isStalePlan == true }) else {
            return try rowCounts(results, statements)
        }
        try forgetStalePlan(statements[stale].text)
        return try rowCounts(exchange(statements, parameters), statements)
    }

    private func rowCounts(_ results: [PostgresResult], _ statements: [SQL]) throws -> [Int] {
        if let failed = results.firstIndex(where: { $0.kind == .failed }) {
            throw failure(results[failed], statements[failed].text)
        }
        return results.map(\.affectedRows)
    }

    private func exchange(_ statements: [SQL], _ parameters: [ParameterBuffer]) throws -> [PostgresResult] {
        let names = try statements.map { try prepare($0.text) }
        do {
            try handle.enterPipeline()
            for (name, values) in zip(names, parameters) { try handle.sendExecute(name, values) }
            try handle.sendPipelineEnd()
            let results = try collect(statements.count)
            try handle.leavePipeline()
            return results
        } catch DatabaseError.timedOut {
            throw abandon()
        } catch {
            // Half a pipeline is on its way: nothing can be asked on this connection any more.
            _ = abandon()
            throw error
        }
    }

    /// One result per statement, and then the one that says that the end was reached.
    private func collect(_ count: Int) throws -> [PostgresResult] {
        let deadline = deadline
        try handle.flush(until: deadline)
        var results: [PostgresResult] = []
        while true {
            guard let result = try handle.nextResult(until: deadline) else {
                guard handle.isBroken else { continue }
                throw results.last.map { failure($0, nil) } ?? handle.lost()
            }
            if result.kind == .pipelineSync { return results }
            guard result.kind != .copyIn, result.kind != .copyOut else { return [try checked(result, nil)] }
            if results.count < count { results.append(result) }
        }
    }
}
