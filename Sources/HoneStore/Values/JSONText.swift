import HoneCore
import Postgres

/// A value on its way into a `jsonb` column. `jsonb` cannot hold the character zero, and what comes from outside may:
/// it is stored as U+FFFD instead of failing the whole batch.
struct JSONText<Value: Encodable & Sendable>: PostgresEncodable {
    let value: Value

    init(_ value: Value) { self.value = value }

    var postgresValue: PostgresValue {
        if let bytes = try? DirectJSON.encode(value) {
            return .text(Self.storable(String(decoding: bytes, as: UTF8.self)))
        }
        guard case .text(let text) = PostgresJSON(value).postgresValue else { return PostgresJSON(value).postgresValue }
        return .text(Self.storable(text))
    }

    static func storable(_ text: String) -> String {
        text.utf8.contains(UInt8(ascii: "\\")) && text.contains(#"\u0000"#) ? replacingZeros(in: text) : text
    }

    /// Only where the backslash is not itself escaped: `\\u0000` is six ordinary characters.
    private static func replacingZeros(in text: String) -> String {
        var result: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let escaped = rest.first else {
                result.append(byte)
                continue
            }
            if rest.starts(with: "u0000".utf8) {
                result += #"\ufffd"#.utf8
                rest = rest.dropFirst(5)
            } else {
                result += [byte, escaped]
                rest = rest.dropFirst()
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}

/// A document that is JSON text already, on its way into a `jsonb` column.
struct StoredJSON: PostgresEncodable {
    let text: String

    init(_ text: String) { self.text = text }

    var postgresValue: PostgresValue { .text(JSONText<String>.storable(text)) }
}

extension Optional where Wrapped: Encodable & Sendable {
    /// Null for nil, rather than the JSON `null`.
    var json: JSONText<Wrapped>? { map(JSONText.init) }
}

extension String {
    /// This text as a `text` column can hold it: the character zero becomes U+FFFD.
    var storable: String { utf8.contains(0) ? replacing("\0", with: "\u{FFFD}") : self }
}
