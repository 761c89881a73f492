/// How to check an answer without asking a model.
public enum Expectation: Hashable, Sendable {
    /// The trimmed output is exactly this (a string), or parses to exactly this (any other JSON).
    case equals(JSONValue)
    /// The share of these texts that the output contains, ignoring case.
    case contains([String])
    /// A regular expression that matches somewhere in the output.
    case regex(String)
    /// The output's first number lies within `tolerance` of `value`.
    case number(value: Double, tolerance: Double)
    /// The output is JSON that fits this JSON Schema.
    case jsonSchema(JSONValue)
    /// The output's first word is this label, ignoring case and punctuation.
    case choice(String)
}

extension Expectation: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case equals, contains, regex, number, tolerance, choice
        case jsonSchema = "json_schema"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let kinds = container.allKeys.filter { $0 != .tolerance }
        guard kinds.count == 1, let kind = kinds.first else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: container.codingPath,
                    debugDescription: "exactly one of equals, contains, regex, number, json_schema, choice"))
        }
        switch kind {
        case .contains: self = .contains(try container.decode([String].self, forKey: kind))
        case .regex: self = .regex(try Self.pattern(in: container))
        case .number, .tolerance:
            self = .number(
                value: try container.decode(Double.self, forKey: .number),
                tolerance: try container.decodeIfPresent(Double.self, forKey: .tolerance) ?? 0)
        case .jsonSchema: self = .jsonSchema(try container.decode(JSONValue.self, forKey: kind))
        case .choice: self = .choice(try container.decode(String.self, forKey: kind))
        case .equals: self = .equals(try container.decode(JSONValue.self, forKey: kind))
        }
    }

    private static func pattern(in container: KeyedDecodingContainer<CodingKeys>) throws -> String {
        let pattern = try container.decode(String.self, forKey: .regex)
        guard (try? Regex(pattern)) != nil else {
            throw DecodingError.dataCorruptedError(
                forKey: .regex, in: container, debugDescription: "a regular expression")
        }
        return pattern
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .equals(let value): try container.encode(value, forKey: .equals)
        case .contains(let texts): try container.encode(texts, forKey: .contains)
        case .regex(let pattern): try container.encode(pattern, forKey: .regex)
        case .number(let value, let tolerance):
            try container.encode(value, forKey: .number)
            try container.encode(tolerance, forKey: .tolerance)
        case .jsonSchema(let schema): try container.encode(schema, forKey: .jsonSchema)
        case .choice(let label): try container.encode(label, forKey: .choice)
        }
    }
}
