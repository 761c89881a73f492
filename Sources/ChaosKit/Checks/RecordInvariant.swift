import Postgres

/// A promise about the record, as a statement whose rows are the violations: one text each.
struct RecordInvariant: Sendable {
    let name: String
    let kind: Finding.Kind
    let violations: SQL

    init(_ name: String, _ kind: Finding.Kind, _ violations: SQL) {
        self.name = name
        self.kind = kind
        self.violations = violations
    }

    func check(_ connection: PostgresConnection) async throws -> Finding {
        struct Row: Decodable {
            var violations: Int
            var examples: [String]
        }
        let row = try await connection.first(
            """
            select count(*) as violations, coalesce((array_agg(violation))[1:5], '{}') as examples
            from (\(fragment: violations)) as violation (violation)
            """, as: Row.self)
        return Finding(name, kind, row?.violations ?? 0, row?.examples ?? [])
    }
}

extension RecordInvariant {
    /// What must hold of the tables alone. `published` is a table of ids that the checker brings along.
    static let all: [RecordInvariant] = tasks + effects + reviews + ledger + statistics + budgets
}
