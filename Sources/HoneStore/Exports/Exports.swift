public import Foundation
import HoneCore
import Postgres

extension Store {
    /// Hands all rows of a time to `take`, in the order of time, as JSON objects of a thousand at a time: they are read
    /// through a cursor of the server, in one state of the tables, and never are all in memory. Throws what `take` throws.
    public func export(
        _ kind: ExportKind, from: Date? = nil, to: Date? = nil, _ take: @Sendable ([String]) async throws -> Void
    ) async throws {
        try await snapshot { store in
            let exports = Exports(executor: store.executor)
            try await exports.openLines(Exports.rows(kind, from, to))
            while case let rows = try await exports.next(as: String.self), !rows.isEmpty { try await take(rows) }
        }
    }

    /// The same, each row as texts in the order of ``ExportKind/columns``; a list is JSON.
    public func exportCells(
        _ kind: ExportKind, from: Date? = nil, to: Date? = nil, _ take: @Sendable ([[String?]]) async throws -> Void
    ) async throws {
        try await snapshot { store in
            let exports = Exports(executor: store.executor)
            try await exports.openCells(Exports.rows(kind, from, to))
            while case let rows = try await exports.next(as: [String?].self), !rows.isEmpty { try await take(rows) }
        }
    }
}

/// A cursor over rows of one kind; inside a transaction, which ends it.
struct Exports {
    let executor: any SQLExecutor

    static func rows(_ kind: ExportKind, _ from: Date?, _ to: Date?) -> SQL {
        switch kind {
        case .scores: rowsOfScores(from, to)
        case .executions: rowsOfExecutions(from, to)
        case .routing: rowsOfRouting(from, to)
        case .rewards: rowsOfRewards(from, to)
        case .statistics: rowsOfStatistics(from, to)
        }
    }

    func openLines(_ rows: SQL) async throws {
        try await executor.run(
            """
            declare export no scroll cursor for
            select row_to_json(line)::text from (\(fragment: rows)) as line
            """)
    }

    func openCells(_ rows: SQL) async throws {
        try await executor.run(
            """
            declare export no scroll cursor for
            select array(
                select value from json_each_text(row_to_json(line)) with ordinality order by ordinality
            ) as cells
            from (\(fragment: rows)) as line
            """)
    }

    func next<Row: Decodable & Sendable>(as type: Row.Type) async throws -> [Row] {
        try await executor.query(
            """
            fetch forward 1000 from export
            """, as: type)
    }
}
