public import Foundation

/// A value that travels as JSON: bind it to a `json` or `jsonb` column, or read it from one.
///
/// Dates are ISO 8601 in UTC with microseconds; see ``PostgresJSONFormat``.
public struct PostgresJSON<Value> {
    public var value: Value

    public init(_ value: Value) { self.value = value }
}

extension PostgresJSON: Sendable where Value: Sendable {}
extension PostgresJSON: Equatable where Value: Equatable {}
extension PostgresJSON: Hashable where Value: Hashable {}

extension PostgresJSON: Encodable where Value: Encodable {
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }
}

extension PostgresJSON: Decodable where Value: Decodable {
    public init(from decoder: any Decoder) throws {
        value = try decoder.singleValueContainer().decode(Value.self)
    }
}

extension PostgresJSON: PostgresEncodable where Value: Encodable {
    public var postgresValue: PostgresValue {
        do {
            return .text(String(decoding: try PostgresJSONFormat.encoder.encode(value), as: UTF8.self))
        } catch {
            return .unsendable(why: "a \(Value.self) has no JSON form")
        }
    }
}

extension PostgresJSON: CellDecodable where Value: Decodable {
    static func decode(_ cell: Cell) throws -> PostgresJSON<Value> {
        PostgresJSON(try cell.decodeJSON(Value.self))
    }
}

/// A type that has a faster way of its own from JSON. What it throws for is read as everything else is.
public protocol PostgresJSONReadable: Decodable {
    init(json: Data) throws
}

/// How JSON in the database is written and read, the same for every column.
public enum PostgresJSONFormat {
    /// Keys are sorted, slashes are not escaped, dates are ISO 8601 with microseconds: `2026-01-31T23:59:59.000001Z`.
    public static var encoder: JSONEncoder { sharedEncoder }

    /// Reads dates with or without a fraction, in any zone.
    public static var decoder: JSONDecoder { sharedDecoder }

    // Set up once and never changed: both classes are safe to share like this.
    private static let sharedEncoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            guard let text = date.iso8601 else {
                throw EncodingError.invalidValue(
                    date, .init(codingPath: encoder.codingPath, debugDescription: "a date out of range"))
            }
            var container = encoder.singleValueContainer()
            try container.encode(text)
        }
        return encoder
    }()

    private static let sharedDecoder = {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let container = try decoder.singleValueContainer()
            let text = Array(try container.decode(String.self).utf8)
            guard let date = CivilTime.instant(of: text.span) else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an ISO 8601 date")
            }
            return date
        }
        return decoder
    }()
}

extension Date {
    /// `2026-01-31T23:59:59.000001Z`; nil outside the years 0 to 9999, which the form cannot hold.
    fileprivate var iso8601: String? {
        guard let time = CivilTime(self), (0...9999).contains(time.year) else { return nil }
        return "\(time.dateText(year: time.year))T\(time.clockText)Z"
    }
}
