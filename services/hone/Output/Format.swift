import Foundation
import HoneCore

/// Values as people read them; what is not known is a dash.
enum Format {
    static let nothing = "–"

    static func text(_ value: (some CustomStringConvertible)?) -> String {
        value.map(\.description) ?? nothing
    }

    static func score(_ value: Double?) -> String { decimals(value, 3) }

    static func seconds(_ value: Double?) -> String { value.map { decimals($0, 2) + " s" } ?? nothing }

    static func decimals(_ value: Double?, _ places: Int) -> String {
        value.map { String(format: "%.\(places)f", $0) } ?? nothing
    }

    /// `2` or `2–3`.
    static func ranks(_ band: ClosedRange<Int>?) -> String {
        band.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound)" } ?? nothing
    }

    static func interval(_ interval: ClosedRange<Double>?) -> String {
        interval.map { "\(score($0.lowerBound))–\(score($0.upperBound))" } ?? nothing
    }

    /// With its sign.
    static func change(_ value: Double?) -> String { value.map { String(format: "%+.3f", $0) } ?? nothing }
    /// Whole cents from a dollar on, micro-dollars below it.
    static func dollars(_ value: Double) -> String { "$" + decimals(value, abs(value) >= 1 || value == 0 ? 2 : 6) }

    static func percent(_ share: Double) -> String { "\((share * 1_000).rounded() / 10) %" }

    /// A ratio.
    static func times(_ ratio: Double?) -> String { ratio.map { "×" + decimals($0, 2) } ?? nothing }

    /// In the largest unit that is whole.
    static func age(_ seconds: Double?) -> String {
        guard let seconds else { return nothing }
        let units = [(86_400.0, "d"), (3_600, "h"), (60, "m")]
        guard let (size, unit) = units.first(where: { seconds >= $0.0 }) else { return "\(Int(seconds)) s" }
        return "\(Int(seconds / size)) \(unit)"
    }

    static func yesNo(_ value: Bool?) -> String { value.map { $0 ? "yes" : "no" } ?? nothing }

    /// In UTC, without fractions.
    static func time(_ date: Date?) -> String {
        date.map { $0.formatted(.iso8601.dateTimeSeparator(.space)) } ?? nothing
    }

    /// On one line and cut to about this many characters.
    static func short(_ text: String, _ limit: Int = 60) -> String {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        return line.count > limit ? line.prefix(limit - 1) + "…" : line
    }

    /// A document as a person would write it: a text as it is, anything else as JSON.
    static func value(_ value: JSONValue?) -> String {
        guard let value, value != .null else { return nothing }
        if let text = value.string { return text }
        return (try? WireFormat.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? nothing
    }
}
