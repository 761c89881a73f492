import ArgumentParser
import Foundation
import HoneAPI

/// A stretch of time, as commands take it.
struct PeriodOptions: ParsableArguments {
    @Option(help: "From this RFC 3339 time, or day in UTC.") var from: String?
    @Option(help: "Up to this RFC 3339 time, or day in UTC, which is taken in.") var to: String?

    /// Nil where nothing was said.
    func start() throws -> Date? { try Self.date(from, "--from", .start) }
    func end() throws -> Date? { try Self.date(to, "--to", .end) }

    func validate() throws {
        if let start = try start(), let end = try end(), start > end {
            throw ValidationError("--from is after --to")
        }
    }

    private static func date(_ text: String?, _ name: String, _ edge: Moment.Edge) throws -> Date? {
        guard let text else { return nil }
        guard let date = Moment.date(text, edge) else {
            throw ValidationError("\(name) takes an RFC 3339 time or a day such as 2026-11-21, not \"\(text)\"")
        }
        return date
    }
}
