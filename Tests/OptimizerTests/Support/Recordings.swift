import HoneTestKit
import Postgres
import Synchronization

/// A value that a closure leaves behind.
final class Noted<Value: Sendable>: Sendable {
    private let content: Mutex<Value>

    init(_ value: Value) { content = Mutex(value) }

    var value: Value { content.withLock { $0 } }
    func set(_ value: Value) { content.withLock { $0 = value } }
}

extension OptimizerShop {
    private static let tables = ["recorded_calls", "recorded_circumstances"]

    /// Every recording, as JSON by table.
    func recordings() async throws -> [String: [String]] {
        var rows: [String: [String]] = [:]
        for table in Self.tables {
            rows[table] = try await workshop.database.pool.query(
                "select row_to_json(recording)::text from \(identifier: table) as recording", as: String.self)
        }
        return rows
    }

    func importRecordings(_ rows: [String: [String]]) async throws {
        for (table, rows) in rows {
            for row in rows {
                try await workshop.database.pool.run(
                    """
                    insert into \(identifier: table) overriding system value
                    select * from json_populate_record(null::\(identifier: table), \(row)::json)
                    """)
            }
        }
    }
}
