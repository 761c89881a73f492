import HoneCore

/// Checks that several messages share. Each throws what was found and what was expected at `path`.
enum Limits {
    static func range<Value: Comparable>(
        _ value: Value?, _ path: String, _ range: ClosedRange<Value>
    ) throws(InvalidValue) {
        guard let value, !range.contains(value) else { return }
        throw InvalidValue(
            path: path, found: "\(value)", expected: "a value from \(range.lowerBound) to \(range.upperBound)")
    }

    static func atLeastZero(_ value: Double?, _ path: String) throws(InvalidValue) {
        guard let value, !(value >= 0 && value.isFinite) else { return }
        throw InvalidValue(path: path, found: "\(value)", expected: "a number of at least 0")
    }

    static func length(_ text: String?, _ path: String, atMost limit: Int) throws(InvalidValue) {
        guard let text, text.utf8.count > limit else { return }
        throw InvalidValue(path: path, found: "\(text.utf8.count) bytes", expected: "at most \(limit) bytes")
    }

    static func object(_ value: JSONValue?, _ path: String) throws(InvalidValue) {
        guard let value, value != .null, value.object == nil else { return }
        throw InvalidValue(path: path, found: InvalidValue.summary(of: value), expected: "an object")
    }
}
