import ArgumentParser
import Foundation
import HoneAPI

/// A stretch of time, as commands take it.
struct PeriodOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Only since then: RFC 3339, or a day such as 2026-11-21.", valueName: "time"))
    var from: String?
    @Option(help: ArgumentHelp("Only until then; of a day, until its end.", valueName: "time"))
    var to: String?

    /// Nil where nothing was said.
    var start: Date? { from.flatMap { Moment.date($0) } }
    var end: Date? { to.flatMap { Moment.date($0, .end) } }

    func validate() throws {
        for (name, text) in [("--from", from), ("--to", to)] where text.map({ Moment.date($0) == nil }) ?? false {
            throw ValidationError("\(name) takes \(Moment.expectation)")
        }
        if let start, let end, start > end { throw ValidationError("--from takes a time before --to") }
    }
}
