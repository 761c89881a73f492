public import Foundation
public import HoneCore

/// A time as people name it: RFC 3339, or a day in UTC.
public enum Moment {
    public static let expectation = "an RFC 3339 time or a day such as 2026-11-21"

    /// Which moment of a day is meant.
    public enum DayEdge: Sendable { case start, end }

    /// Nil for any other text.
    public static func date(_ text: String, _ edge: DayEdge = .start) -> Date? {
        if let time = WireFormat.date(from: text) { return time }
        guard text.utf8.count == 10, let start = WireFormat.date(from: text + "T00:00:00Z") else { return nil }
        return edge == .start ? start : start.addingTimeInterval(86_400 - 1e-6)
    }

    /// From one to the other; without them the last `days`.
    public static func period(
        from: Date?, to: Date?, days: Double, now: Date = Date()
    ) throws(InvalidValue) -> ClosedRange<Date> {
        let end = to ?? now
        let start = from ?? end.addingTimeInterval(-days * 86_400)
        try checkOrder(from: start, to: end)
        return start...end
    }

    public static func checkOrder(from: Date?, to: Date?) throws(InvalidValue) {
        guard let from, let to, from > to else { return }
        throw InvalidValue(path: "from", found: WireFormat.text(of: from), expected: "a time before `to`")
    }
}
