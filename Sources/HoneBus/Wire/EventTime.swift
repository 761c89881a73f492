public import Foundation
import HoneCore

/// CloudEvents `time`. Every message carries one, so the usual form is written and read without a formatter.
public enum EventTime {
    /// RFC 3339 in UTC with milliseconds: `2026-11-21T08:30:00.125Z`.
    public static func text(of date: Date) -> String {
        let milliseconds = Int((date.timeIntervalSince1970 * 1_000).rounded())
        let (days, rest) = milliseconds.flooredQuotient(86_400_000)
        let (year, month, day) = civil(days)
        guard (0...9_999).contains(year) else { return WireFormat.text(of: date) }
        var text = Array("0000-00-00T00:00:00.000Z".utf8)
        write(year, at: 0..<4, in: &text)
        write(month, at: 5..<7, in: &text)
        write(day, at: 8..<10, in: &text)
        write(rest / 3_600_000, at: 11..<13, in: &text)
        write(rest / 60_000 % 60, at: 14..<16, in: &text)
        write(rest / 1_000 % 60, at: 17..<19, in: &text)
        write(rest % 1_000, at: 20..<23, in: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Reads RFC 3339; nil when it is something else.
    public static func date(from text: String) -> Date? {
        let bytes = Array(text.utf8)
        return isUsualForm(bytes) ? usualForm(bytes) : WireFormat.date(from: text)
    }

    private static func isUsualForm(_ bytes: [UInt8]) -> Bool {
        bytes.count == 24 && bytes[10] == UInt8(ascii: "T") && bytes[19] == UInt8(ascii: ".")
            && bytes[23] == UInt8(ascii: "Z")
    }

    private static func usualForm(_ bytes: [UInt8]) -> Date? {
        guard let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10]),
            let hour = number(bytes[11..<13]), let minute = number(bytes[14..<16]),
            let second = number(bytes[17..<19]), let millisecond = number(bytes[20..<23]),
            hour < 24, minute < 60, second < 60, civil(days(year, month, day)) == (year, month, day)
        else { return nil }
        let seconds = days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second
        return Date(timeIntervalSince1970: Double(seconds) + Double(millisecond) / 1_000)
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for byte in bytes {
            guard (0x30...0x39).contains(byte) else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        return value
    }

    private static func write(_ value: Int, at places: Range<Int>, in text: inout [UInt8]) {
        var rest = value
        for place in places.reversed() {
            text[place] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        }
    }

    /// Days since 1970-01-01 of a Gregorian date, by H. Hinnant's `days_from_civil`.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = shifted.flooredQuotient(400)
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The inverse of ``days(_:_:_:)``.
    private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
        let (era, dayOfEra) = (days + 719_468).flooredQuotient(146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        let year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }
}

extension Int {
    fileprivate func flooredQuotient(_ divisor: Int) -> (quotient: Int, remainder: Int) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
