public import Foundation
public import HoneIntelligence

/// The days of a report, whole ones in UTC.
public struct ReportPeriod: Sendable, Hashable {
    public let from: Day
    public let to: Day

    /// Without a beginning the seven days that end with `to`, without an end today. Nil when it would end before it begins.
    public init?(from: Date?, to: Date?, now: Date) {
        let last = Day(to ?? now)
        let first = from.map(Day.init) ?? last - 6
        guard first <= last else { return nil }
        (self.from, self.to) = (first, last)
    }

    private init(_ from: Day, _ to: Day) {
        (self.from, self.to) = (from, to)
    }

    /// As many days right before.
    var previous: ReportPeriod { ReportPeriod(from - days.count, from - 1) }

    var days: [Day] { (from.number...to.number).map(Day.init(number:)) }
    var start: Date { from.start }
    /// The last moment.
    var end: Date { (to + 1).start.addingTimeInterval(-1e-6) }

    func contains(_ day: Day) -> Bool { from <= day && day <= to }
}
