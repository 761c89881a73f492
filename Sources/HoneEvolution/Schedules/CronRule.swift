import Foundation

/// The five fields of cron, in UTC: minute, hour, day of the month, month, day of the week (0 and 7 are Sunday). Each is
/// `*`, a number, a range `a-b`, either with a step `/n`, or several of these with commas. Where both days are restricted,
/// one of them is enough (POSIX.1-2017, crontab).
struct CronRule: Sendable, Hashable {
    private let minutes: CronField
    private let hours: CronField
    private let daysOfMonth: CronField
    private let months: CronField
    private let weekdays: CronField

    /// Eight years hold a 29th of February, whatever the century.
    private static let daysAhead = 8 * 366

    init(_ fields: [Substring]) throws(RecurrenceFault) {
        minutes = try CronField(fields[0], "minute", 0...59)
        hours = try CronField(fields[1], "hour", 0...23)
        daysOfMonth = try CronField(fields[2], "day of the month", 1...31)
        months = try CronField(fields[3], "month", 1...12)
        weekdays = try CronField(fields[4], "day of the week", 0...7)
        guard (0...Self.daysAhead).contains(where: { matches(day: $0) }) else {
            throw RecurrenceFault("\"\(fields.joined(separator: " "))\": there is no such day")
        }
    }

    /// The first minute after `time` that matches.
    func next(after time: Date) -> Date {
        let start = Int((time.timeIntervalSince1970 / 60).rounded(.down)) + 1
        var day = Self.quotient(start, 1_440)
        var earliest = start - day * 1_440
        while true {
            if matches(day: day), let minute = firstMinute(from: earliest) {
                return Date(timeIntervalSince1970: Double(day * 1_440 + minute) * 60)
            }
            day += 1
            earliest = 0
        }
    }

    /// Of a day's 1,440.
    private func firstMinute(from earliest: Int) -> Int? {
        (earliest..<1_440).first { hours.contains($0 / 60) && minutes.contains($0 % 60) }
    }

    /// `day` counts from 1970-01-01, a Thursday.
    private func matches(day: Int) -> Bool {
        let date = CivilDate(day: day)
        guard months.contains(date.month) else { return false }
        let weekday = ((day + 4) % 7 + 7) % 7
        let isWeekday = weekdays.contains(weekday) || weekday == 0 && weekdays.contains(7)
        let isDay = daysOfMonth.contains(date.day)
        if daysOfMonth.isAny || weekdays.isAny { return isDay && isWeekday }
        return isDay || isWeekday
    }

    private static func quotient(_ value: Int, _ divisor: Int) -> Int {
        value >= 0 ? value / divisor : -((divisor - 1 - value) / divisor)
    }
}

/// A day's month and day in the Gregorian calendar, from the days since 1970-01-01 (Hinnant, "chrono-compatible low-level
/// date algorithms", civil_from_days).
struct CivilDate: Hashable {
    let month: Int
    let day: Int

    init(day: Int) {
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        self.day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    }
}
