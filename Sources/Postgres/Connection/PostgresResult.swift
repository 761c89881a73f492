internal import CLibPQ

/// The only owner of one `PGresult`. Its cells are read in place, through closures.
@safe final class PostgresResult {
    enum Kind { case done, rows, copyIn, copyOut, pipelineSync, pipelineAborted, failed }

    private let result: OpaquePointer

    /// Takes ownership of `result`.
    init(_ result: OpaquePointer) { unsafe self.result = result }

    deinit { unsafe PQclear(result) }

    var kind: Kind {
        switch unsafe PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: .done
        case PGRES_TUPLES_OK: .rows
        case PGRES_COPY_IN: .copyIn
        case PGRES_COPY_OUT, PGRES_COPY_BOTH: .copyOut
        case PGRES_PIPELINE_SYNC: .pipelineSync
        case PGRES_PIPELINE_ABORTED: .pipelineAborted
        default: .failed
        }
    }

    /// What the server said, for a result that failed; nil when it was the connection that did.
    var complaint: ServerComplaint? {
        guard let state = field(CLIBPQ_DIAG_SQLSTATE) else { return nil }
        return ServerComplaint(
            sqlState: state, message: field(CLIBPQ_DIAG_MESSAGE_PRIMARY) ?? "",
            constraint: field(CLIBPQ_DIAG_CONSTRAINT_NAME), table: field(CLIBPQ_DIAG_TABLE_NAME),
            column: field(CLIBPQ_DIAG_COLUMN_NAME))
    }

    /// The rows a command touched or returned.
    var affectedRows: Int { unsafe Int(String(cString: PQcmdTuples(result))) ?? 0 }

    /// `COMMIT`, `ROLLBACK`, `SELECT 3`, …
    var commandTag: String { unsafe String(cString: PQcmdStatus(result)) }

    var rowCount: Int { unsafe Int(PQntuples(result)) }
    var columnCount: Int { unsafe Int(PQnfields(result)) }
    var parameterTypes: [UInt32] { unsafe (0..<PQnparams(result)).map { unsafe PQparamtype(result, $0) } }

    func columnName(_ column: Int) -> String {
        unsafe PQfname(result, Int32(column)).map { unsafe String(cString: $0) } ?? ""
    }

    func columnType(_ column: Int) -> UInt32 { unsafe PQftype(result, Int32(column)) }

    func isNull(row: Int, column: Int) -> Bool { unsafe PQgetisnull(result, Int32(row), Int32(column)) == 1 }

    /// Calls `body` with the text of one cell, where it lies.
    func withText<Value>(row: Int, column: Int, _ body: (Span<UInt8>) throws -> Value) rethrows -> Value {
        let count = unsafe Int(PQgetlength(result, Int32(row), Int32(column)))
        let start = unsafe UnsafeRawPointer(PQgetvalue(result, Int32(row), Int32(column)))
        let bytes = unsafe UnsafeBufferPointer(start: start?.assumingMemoryBound(to: UInt8.self), count: count)
        return try unsafe body(bytes.span)
    }

    private func field(_ code: Int) -> String? {
        unsafe PQresultErrorField(result, Int32(code)).map { unsafe String(cString: $0) }
    }
}
