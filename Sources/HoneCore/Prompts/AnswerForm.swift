/// The form that an answer is forced into by the endpoint, so that it can always be read.
public enum AnswerForm: Hashable, Sendable {
    /// One of these labels. The model chooses among their words, in this order, and the answer is told as plain text.
    case choices([String])
    /// JSON that fits this JSON Schema; the answer is that JSON.
    case jsonSchema(JSONValue)
}

extension AnswerForm: Codable {
    private enum CodingKeys: String, CodingKey {
        case choices
        case jsonSchema = "json_schema"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        switch container.allKeys {
        case [.choices]: self = .choices(try container.decode([String].self, forKey: .choices))
        case [.jsonSchema]: self = .jsonSchema(try container.decode(JSONValue.self, forKey: .jsonSchema))
        default:
            throw DecodingError.dataCorrupted(
                .init(codingPath: container.codingPath, debugDescription: "exactly one of choices, json_schema"))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .choices(let labels): try container.encode(labels, forKey: .choices)
        case .jsonSchema(let schema): try container.encode(schema, forKey: .jsonSchema)
        }
    }
}
