import Foundation

extension CivilTime {
    /// Reads a `timestamptz`, `timestamp` or `date` in Postgres' ISO style, and ISO 8601 with its `T` and `Z`. What
    /// names no zone is UTC.
    static func instant(of text: Span<UInt8>) -> Date? {
        var reader = DigitReader()
        guard let year = reader.number(text, minimum: 4) else { return infinity(text) }
        guard reader.skip(text, "-"), let month = reader.number(text), reader.skip(text, "-"),
            let day = reader.number(text), year <= 294_276, (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        var time: Int64 = 0
        if reader.skipToClock(text) {
            guard let clock = reader.clock(text), let offset = reader.offset(text) else { return nil }
            time = clock - offset
        }
        let isBeforeChrist = reader.skip(text, " ") && reader.skip(text, "B") && reader.skip(text, "C")
        guard reader.index == text.count else { return nil }
        let count = microsecondsSinceReference(
            year: isBeforeChrist ? 1 - year : year, month: month, day: day, microsecondOfDay: time)
        return Date(timeIntervalSinceReferenceDate: Double(count) / 1e6)
    }

    private static func infinity(_ text: Span<UInt8>) -> Date? {
        switch String(text: text) {
        case "infinity": .distantFuture
        case "-infinity": .distantPast
        default: nil
        }
    }
}

/// Walks through digits and their separators.
private struct DigitReader {
    var index = 0

    func peek(_ text: Span<UInt8>) -> UInt8? { index < text.count ? text[index] : nil }

    mutating func skip(_ text: Span<UInt8>, _ character: Unicode.Scalar) -> Bool {
        guard peek(text) == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    /// Behind a date without a clock only an era may stand.
    mutating func skipToClock(_ text: Span<UInt8>) -> Bool {
        if index + 1 < text.count, text[index + 1] == UInt8(ascii: "B") { return false }
        return skip(text, " ") || skip(text, "T")
    }

    mutating func number(_ text: Span<UInt8>, minimum: Int = 2) -> Int64? {
        let start = index
        var number: Int64 = 0
        while let byte = peek(text), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte), index - start < 7 {
            number = number * 10 + Int64(byte - UInt8(ascii: "0"))
            index += 1
        }
        return index - start >= minimum ? number : nil
    }

    /// `hh:mm:ss` with up to six decimals, in microseconds.
    mutating func clock(_ text: Span<UInt8>) -> Int64? {
        guard let hour = number(text), skip(text, ":"), let minute = number(text), skip(text, ":"),
            let second = number(text)
        else { return nil }
        guard hour <= 24, minute < 60, second <= 60 else { return nil }
        var microseconds = ((hour * 60 + minute) * 60 + second) * 1_000_000
        if skip(text, ".") {
            let start = index
            guard var fraction = number(text, minimum: 1), index - start <= 6 else { return nil }
            for _ in (index - start)..<6 { fraction *= 10 }
            microseconds += fraction
        }
        return microseconds
    }

    /// `+02`, `-03:30`, `+00:00:01`, `Z` or nothing, in microseconds.
    mutating func offset(_ text: Span<UInt8>) -> Int64? {
        if skip(text, "Z") { return 0 }
        let isWest = peek(text) == UInt8(ascii: "-")
        guard skip(text, "+") || skip(text, "-") else { return 0 }
        guard var seconds = number(text).map({ $0 * 3600 }) else { return nil }
        if skip(text, ":") { seconds += (number(text) ?? 0) * 60 }
        if skip(text, ":") { seconds += number(text) ?? 0 }
        guard seconds < 200 * 3600 else { return nil }
        return (isWest ? -seconds : seconds) * 1_000_000
    }
}
