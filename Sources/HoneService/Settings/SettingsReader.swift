import Foundation
import HoneCore

/// Reads typed values and collects every fault, so that an operator mends a file in one go.
struct SettingsReader {
    let source: SettingsSource
    private(set) var faults: [String] = []

    init(_ source: SettingsSource) {
        self.source = source
    }

    mutating func value<Value>(
        _ name: String, expected: String, _ convert: (String) -> Value?
    ) -> Value? {
        guard let text = source.text(name) else { return nil }
        if let value = convert(text) { return value }
        let isSecret = Setting.all.first { $0.name == name }?.isSecret ?? true
        faults.append("\(name): expected \(expected), found \(isSecret ? "another text" : "\"\(text)\"")")
        return nil
    }

    /// Falls back only so that reading can go on: a missing or wrong value is already a fault.
    mutating func required<Value>(
        _ name: String, expected: String, placeholder: Value, _ convert: (String) -> Value?
    ) -> Value {
        if source.text(name) == nil { faults.append("\(name): expected \(expected), found nothing") }
        return value(name, expected: expected, convert) ?? placeholder
    }

    mutating func int(_ name: String, _ range: ClosedRange<Int>) -> Int {
        required(
            name, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)",
            placeholder: range.lowerBound
        ) { Int($0).flatMap { range.contains($0) ? $0 : nil } }
    }

    mutating func share(_ name: String) -> Double {
        required(name, expected: "a number from 0 to 1", placeholder: 0) {
            Double($0).flatMap { (0...1).contains($0) ? $0 : nil }
        }
    }

    mutating func tolerance(_ name: String) -> Double {
        required(name, expected: "a share of at least 0, such as 0.1", placeholder: 0) {
            Double($0).flatMap { $0 >= 0 && $0 <= 1_000 ? $0 : nil }
        }
    }

    mutating func duration(_ name: String) -> Duration {
        required(name, expected: "a time such as 500ms, 6s or 2m", placeholder: .zero, Duration.init(setting:))
    }

    mutating func oneOf<Value: RawRepresentable & CaseIterable>(
        _ name: String, _ type: Value.Type
    ) -> Value? where Value.RawValue == String {
        value(name, expected: type.allCases.map(\.rawValue).joined(separator: ", ")) { Value(rawValue: $0) }
    }

    mutating func model(_ name: String) -> ModelID? {
        value(name, expected: "a model's id") { ModelID($0) }
    }

    /// Names that start like ours and are not: almost always a misspelling.
    mutating func refuseUnknownNames() {
        let known = Set(Setting.all.map(\.name))
        for name in source.names.filter({ $0.hasPrefix("HONE_") && !known.contains($0) }).sorted() {
            faults.append("\(name): no such setting")
        }
    }
}

extension Duration {
    /// `500ms`, `6s`, `2m`, `1h`, or a bare number of seconds; nil for anything else and for what is not above zero.
    init?(setting text: String) {
        let units: [(String, Double)] = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3_600)]
        let (unit, factor) = units.first { text.hasSuffix($0.0) } ?? ("", 1)
        guard let number = Double(text.dropLast(unit.count)), number > 0, number.isFinite else { return nil }
        self = .seconds(number * factor)
    }
}
