public import Foundation

/// An instant to the microsecond, as Postgres keeps it; more than a century away from 2001 `Date` itself is coarser.
/// `infinity` decodes to the distant future.
extension Date: PostgresEncodable, CellDecodable {
    public var postgresValue: PostgresValue {
        guard let time = CivilTime(self) else { return .unsendable(why: "a date is out of Postgres' range") }
        let era = time.year < 1 ? " BC" : ""
        return .text("\(time.dateText(year: time.year < 1 ? 1 - time.year : time.year)) \(time.clockText)+00\(era)")
    }

    static func decode(_ cell: Cell) throws -> Date {
        try cell.withText { CivilTime.instant(of: $0) }
    }
}

/// A moment of UTC as calendars write it, in the proleptic Gregorian calendar; the year before 1 is 0.
struct CivilTime {
    let year: Int64
    let month: Int64
    let day: Int64
    let microsecondOfDay: Int64

    private static let microsecondsPerDay: Int64 = 86_400_000_000
    /// From 1970-01-01, where days are counted, to 2001-01-01, where `Date` counts.
    private static let daysToReference: Int64 = 11_323

    /// Nil for a date that is no number or lies outside what Postgres stores: 4713 BC to 294276 AD.
    init?(_ date: Date) {
        let microseconds = Int64(exactly: (date.timeIntervalSinceReferenceDate * 1e6).rounded())
        guard let microseconds, microseconds > -220_000_000_000_000_000 else { return nil }
        self.init(microsecondsSinceReference: microseconds)
        guard year > -4713, year <= 294_276 else { return nil }
    }

    private init(microsecondsSinceReference count: Int64) {
        let days = count.floorDivided(by: Self.microsecondsPerDay)
        microsecondOfDay = count - days * Self.microsecondsPerDay
        // Days to a date, by eras of 400 years that begin in March: Howard Hinnant, "chrono-compatible date algorithms".
        let shifted = days + Self.daysToReference + 719_468
        let era = shifted.floorDivided(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// `2026-01-31`.
    func dateText(year: Int64) -> String { "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))" }

    /// `23:59:59.000001`.
    var clockText: String {
        let seconds = microsecondOfDay / 1_000_000
        let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }.joined(separator: ":")
        return "\(clock).\(padded(microsecondOfDay % 1_000_000, 6))"
    }

    private func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    static func microsecondsSinceReference(year: Int64, month: Int64, day: Int64, microsecondOfDay: Int64) -> Int64 {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear.floorDivided(by: 400)
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        let days = era * 146_097 + dayOfEra - 719_468 - daysToReference
        return days * microsecondsPerDay + microsecondOfDay
    }
}

extension Int64 {
    fileprivate func floorDivided(by divisor: Int64) -> Int64 {
        self >= 0 ? self / divisor : (self - divisor + 1) / divisor
    }
}
