import Foundation
import HoneAPI
import HoneCore

/// The time that `from` and `to` name; without them the last days.
struct Period {
    let from: Date
    let to: Date

    init(_ query: Query, days: Double, now: Date = Date()) throws(InvalidValue) {
        let period = try Moment.period(
            from: query.moment("from"), to: query.moment("to", .end), days: days, now: now)
        (from, to) = (period.lowerBound, period.upperBound)
    }

    static func check(from: Date?, to: Date?) throws(InvalidValue) {
        try Moment.checkOrder(from: from, to: to)
    }
}
