public import Foundation

/// A day in UTC, counted from 1970-01-01.
public struct Day: Hashable, Comparable, Sendable {
    public let number: Int

    public init(number: Int) {
        self.number = number
    }

    public init(_ date: Date) {
        number = Int((date.timeIntervalSince1970 / 86_400).rounded(.down))
    }

    /// As people write it: `2026-11-21`.
    public var text: String { start.formatted(.iso8601.year().month().day()) }

    /// Its first moment.
    public var start: Date { Date(timeIntervalSince1970: Double(number) * 86_400) }

    public static func < (left: Day, right: Day) -> Bool { left.number < right.number }
    public static func + (day: Day, days: Int) -> Day { Day(number: day.number + days) }
    public static func - (day: Day, days: Int) -> Day { Day(number: day.number - days) }
    /// Days from `right` to `left`.
    public static func - (left: Day, right: Day) -> Int { left.number - right.number }
}
