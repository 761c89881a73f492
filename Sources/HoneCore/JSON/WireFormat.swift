public import Foundation

/// JSON as it travels between services and to the outside: snake_case keys, RFC 3339 times in UTC with milliseconds.
public enum WireFormat {
    /// Encodes `value`; keys are sorted, so that equal values give equal bytes.
    public static func encode(_ value: some Encodable) throws -> Data {
        if let bytes = try? DirectJSON.encode(value, dates: text) { return Data(bytes) }
        return try encoder.encode(value)
    }

    /// Decodes `data`; a fault names the path, what was found there and what was expected.
    public static func decode<Value: Decodable>(_ type: Value.Type, from data: Data) throws(InvalidValue) -> Value {
        if let value = try? DirectJSON.decode(type, from: data, dates: date) { return value }
        do {
            return try decoder.decode(type, from: data)
        } catch {
            let misfit = NumberMisfit(error, in: data) { _ = try decoder.decode(type, from: $0) }
            throw misfit?.fault ?? InvalidValue(error, in: data)
        }
    }

    private static let encoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(text(of: date))
        }
        return encoder
    }()

    private static let decoder = {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let container = try decoder.singleValueContainer()
            guard let date = date(from: try container.decode(String.self)) else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "an RFC 3339 time")
            }
            return date
        }
        return decoder
    }()

    /// RFC 3339 in UTC with milliseconds: `2026-11-21T08:30:00.125Z`.
    public static func text(of date: Date) -> String {
        date.formatted(.iso8601WithMilliseconds)
    }

    /// Reads RFC 3339 with or without a fraction and with any offset.
    public static func date(from text: String) -> Date? {
        (try? Date(text, strategy: .iso8601WithMilliseconds)) ?? (try? Date(text, strategy: .iso8601))
    }
}

extension FormatStyle where Self == Date.ISO8601FormatStyle {
    fileprivate static var iso8601WithMilliseconds: Self { Self(includingFractionalSeconds: true) }
}

extension ParseStrategy where Self == Date.ISO8601FormatStyle {
    fileprivate static var iso8601WithMilliseconds: Self { Self(includingFractionalSeconds: true) }
}
