public import Foundation

/// Writes and reads JSON without Foundation, for a fraction of its cost. It knows less, and says so by throwing.
public enum DirectJSON {
    /// What `JSONEncoder` makes with sorted keys and unescaped slashes, byte for byte: ask that when this throws.
    ///
    /// It does so for what it does not know: dates without `dates`, data, URLs, decimals, numbers that are not finite, nested
    /// containers, and values that encode nothing.
    public static func encode(_ value: some Encodable, dates: ((Date) -> String)? = nil) throws -> [UInt8] {
        let output = JSONOutput(dates: dates)
        try output.write(value)
        guard output.isWhole else { throw Unwritable() }
        return output.bytes
    }

    /// Reads what `JSONDecoder` would read, alike, for a fraction of its cost. Throws wherever it is not certain of that, and
    /// for every document that does not fit: then ask `JSONDecoder`, which also says what is wrong.
    public static func decode<Value: Decodable>(
        _ type: Value.Type, from data: Data, dates: ((String) -> Date?)? = nil
    ) throws -> Value {
        guard data.count <= largestDocument else { throw Unreadable() }
        let document = try JSONDocument([UInt8](data), dates: dates)
        let value = try document.read(type, at: 0)
        guard document.isCertain else { throw Unreadable() }
        return value
    }

    /// In bytes. What is won here is won by the value: long texts are read as soon by `JSONDecoder`.
    static var largestDocument: Int { 16_384 }

    /// Whether it is one of those that come seldom. Compared one by one: to ask what a type `is` costs ten times as much.
    static func isInteger(_ type: Any.Type) -> Bool {
        type == Int64.self || type == Int32.self || type == Int16.self || type == Int8.self || type == Int128.self
            || type == UInt.self || type == UInt64.self || type == UInt32.self || type == UInt16.self
            || type == UInt8.self || type == UInt128.self
    }

    /// Whether Foundation has a form of its own for it.
    static func isForeign(_ type: Any.Type) -> Bool {
        type == Float.self || type == Data.self || type == URL.self || type == Decimal.self
    }

    /// A value that is better left to `JSONEncoder`.
    struct Unwritable: Error {}

    /// A document that is better left to `JSONDecoder`.
    struct Unreadable: Error {}
}

/// The document so far. A value's containers write to its end, one after another.
final class JSONOutput {
    /// Written by one at a time, which is not to be checked for every byte.
    @exclusivity(unchecked) var bytes: [UInt8] = []
    /// False once somebody has asked for what is not supported where nothing can be thrown.
    var isWhole = true
    let dates: ((Date) -> String)?

    init(dates: ((Date) -> String)?) {
        bytes.reserveCapacity(512)
        self.dates = dates
    }

    /// By type first: a cast that fails costs more than most values do.
    func write<Value: Encodable>(_ value: Value) throws {
        if Value.self == String.self, let text = value as? String { return write(text) }
        if Value.self == JSONValue.self, let value = value as? JSONValue { return try write(value) }
        if Value.self == Double.self, let number = value as? Double { return try write(number) }
        if Value.self == Date.self, let date = value as? Date { return try write(date) }
        if Value.self == Bool.self, let flag = value as? Bool { return append(flag ? "true" : "false") }
        if Value.self == Int.self, let integer = value as? Int { return append(String(integer)) }
        if DirectJSON.isInteger(Value.self) { return append("\(value)") }
        if DirectJSON.isForeign(Value.self) { throw DirectJSON.Unwritable() }
        try writeByParts(value)
    }

    private func writeByParts(_ value: some Encodable) throws {
        let parts = JSONParts(start: bytes.count)
        try value.encode(to: DirectEncoder(output: self, parts: parts))
        switch parts.kind {
        case .nothing: throw DirectJSON.Unwritable()
        case .value: break
        case .array: bytes.append(UInt8(ascii: "]"))
        case .object: replace(from: parts.start, by: parts.members)
        }
    }

    /// The members lie one after another in the order they came; now they get their names and their places.
    private func replace(from start: Int, by members: [JSONParts.Member]) {
        let values = Array(bytes[start...])
        bytes.removeSubrange(start...)
        append("{")
        for (index, member) in members.enumerated() {
            if index > 0 { append(",") }
            write(member.name)
            append(":")
            bytes += values[(member.place.lowerBound - start)..<(member.place.upperBound - start)]
        }
        append("}")
    }
}
