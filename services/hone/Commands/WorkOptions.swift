import ArgumentParser
import Foundation
import HoneAPI
import HoneCore
import HoneStore

/// Which work counts.
struct WorkOptions: ParsableArguments {
    @OptionGroup var period: PeriodOptions
    @Option(help: "Only work on this model.")
    var model: ModelID?

    var filter: PeriodFilter { PeriodFilter(from: period.start, to: period.end, model: model) }

    /// Without ends, the last 30 days.
    func span() throws -> ClosedRange<Date> {
        try Moment.period(from: period.start, to: period.end, days: 30)
    }
}
