import ArgumentParser
import Foundation
import HoneAPI
import HoneStore

/// How exported rows are written.
enum ExportFormat: String, ExpressibleByArgument, CaseIterable {
    /// RFC 4180, with a header; a text that a spreadsheet would take for a formula is marked as text by an apostrophe.
    case csv
    /// One JSON object a line.
    case json

    /// Writes all rows of a kind and time, a part at a time.
    func write(_ kind: ExportKind, from: Date?, to: Date?, of store: Store, into file: OutputFile) async throws {
        switch self {
        case .csv:
            try await file.write(CSV.line(kind.columns))
            try await store.exportCells(kind, from: from, to: to) { rows in
                try await file.write(rows.map(CSV.line).joined())
            }
        case .json:
            try await store.export(kind, from: from, to: to) { rows in
                try await file.write(rows.joined(separator: "\n") + "\n")
            }
        }
    }
}
