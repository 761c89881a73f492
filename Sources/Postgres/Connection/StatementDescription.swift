/// What a statement takes and gives, as the server understands it.
public struct StatementDescription: Sendable, Hashable {
    /// One column of its rows.
    public struct Column: Sendable, Hashable {
        public let name: String
        /// The type's object id, see `pg_type`.
        public let type: UInt32
    }

    /// The object ids of the types of `$1`, `$2`, …
    public let parameterTypes: [UInt32]
    /// Empty for a statement that returns no rows.
    public let columns: [Column]

    init(_ result: PostgresResult) {
        parameterTypes = result.parameterTypes
        columns = (0..<result.columnCount).map { Column(name: result.columnName($0), type: result.columnType($0)) }
    }
}
