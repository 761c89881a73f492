import ArgumentParser
import Foundation
import HoneAPI
import HoneCore
import HoneStore

/// Which work counts.
struct PeriodOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Only work since then: RFC 3339, or a day such as 2026-11-21.", valueName: "time"))
    var from: String?
    @Option(help: ArgumentHelp("Only work until then; of a day, until its end.", valueName: "time"))
    var to: String?
    @Option(help: "Only work on this model.")
    var model: ModelID?

    func validate() throws {
        for (name, text) in [("--from", from), ("--to", to)] where text.map({ Moment.date($0) == nil }) ?? false {
            throw ValidationError("\(name) takes \(Moment.expectation)")
        }
        if let start = filter.from, let end = filter.to, start > end {
            throw ValidationError("--from takes a time before --to")
        }
    }

    var filter: PeriodFilter {
        PeriodFilter(from: from.flatMap { Moment.date($0) }, to: to.flatMap { Moment.date($0, .end) }, model: model)
    }

    /// Without ends, the last 30 days.
    func period() throws -> ClosedRange<Date> {
        try Moment.period(from: filter.from, to: filter.to, days: 30)
    }
}
