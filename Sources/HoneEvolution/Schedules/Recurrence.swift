public import Foundation

/// When something is due again and again: an interval (`90m`, `6h`, `7d`), or five fields of cron in UTC (`0 3 * * 1`).
public struct Recurrence: Sendable, Hashable {
    private enum Rule: Sendable, Hashable {
        /// In seconds.
        case interval(Double)
        case cron(CronRule)
    }

    /// As it was written.
    public let text: String
    private let rule: Rule

    private static let shortest = 60.0
    private static let longest = 366.0 * 86_400

    /// Throws a ``RecurrenceFault`` that says what was expected.
    public init(_ text: String) throws(RecurrenceFault) {
        self.text = text
        let fields = text.split(whereSeparator: \.isWhitespace)
        if fields.count == 5 {
            rule = .cron(try CronRule(fields))
        } else if let seconds = Self.seconds(text), (Self.shortest...Self.longest).contains(seconds) {
            rule = .interval(seconds)
        } else {
            throw RecurrenceFault(
                "\"\(text)\": expected an interval of 1m to 366d such as 90m, 6h or 7d, or five fields of cron "
                    + "(minute hour day month weekday) such as 0 3 * * 1")
        }
    }

    /// The first due time after `time`. Intervals are counted from `start`.
    public func next(after time: Date, from start: Date) -> Date {
        switch rule {
        case .interval(let seconds):
            let passed = (time.timeIntervalSince(start) / seconds).rounded(.down)
            return start.addingTimeInterval(max(1, passed + 1) * seconds)
        case .cron(let cron):
            return cron.next(after: time)
        }
    }

    private static func seconds(_ text: String) -> Double? {
        let units: [Character: Double] = ["m": 60, "h": 3_600, "d": 86_400]
        let digits = text.dropLast()
        guard let unit = text.last.flatMap({ units[$0] }), digits.allSatisfy({ $0.isASCII && $0.isNumber }),
            let count = Int(digits)
        else { return nil }
        return Double(count) * unit
    }
}

/// Why a text says no recurrence.
public struct RecurrenceFault: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
