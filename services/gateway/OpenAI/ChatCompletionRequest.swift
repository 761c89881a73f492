import HoneCore

/// What `POST /v1/chat/completions` takes, as far as it means something here.
///
/// Source: OpenAI's API reference, "Create chat completion".
struct ChatCompletionRequest: Decodable {
    struct StreamOptions: Decodable {
        var includeUsage: Bool?

        enum CodingKeys: String, CodingKey { case includeUsage = "include_usage" }
    }

    struct Format: Decodable {
        var type: String
    }

    var model: String
    var messages: [ChatCompletionMessage]
    var stream: Bool?
    var streamOptions: StreamOptions?
    var choices: Int?
    var maxTokens: Int?
    var maxCompletionTokens: Int?
    var temperature: Double?
    var seed: Int64?
    var stop: OneOrMany?
    var user: String?
    var metadata: JSONValue?
    /// Offers, which bind nobody.
    var tools: [JSONValue]?
    var functions: [JSONValue]?
    var toolChoice: JSONValue?
    var functionCall: JSONValue?
    var responseFormat: Format?
    var logprobs: Bool?
    var modalities: [String]?

    enum CodingKeys: String, CodingKey {
        case model, messages, stream, temperature, seed, stop, user, metadata, tools, functions, logprobs, modalities
        case streamOptions = "stream_options"
        case choices = "n"
        case maxTokens = "max_tokens"
        case maxCompletionTokens = "max_completion_tokens"
        case toolChoice = "tool_choice"
        case functionCall = "function_call"
        case responseFormat = "response_format"
    }

    var isStream: Bool { stream ?? false }
    var includesUsage: Bool { streamOptions?.includeUsage ?? false }
}

/// A text, or a list of texts.
struct OneOrMany: Decodable {
    let texts: [String]

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            texts = [text]
        } else {
            texts = try container.decode([String].self)
        }
    }
}

/// One turn.
struct ChatCompletionMessage: Decodable {
    enum Role: String {
        case system, user, assistant

        /// `developer` is the newer word for `system`.
        init?(_ name: String) { self.init(rawValue: name == "developer" ? "system" : name) }
    }

    struct Part: Decodable {
        var type: String
        var text: String?
    }

    /// Nil: a role that means nothing here, such as `tool`.
    let role: Role?
    let roleName: String
    /// The text parts, one line each; nil when there is another kind of part.
    let text: String?

    enum CodingKeys: String, CodingKey { case role, content }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        roleName = try container.decode(String.self, forKey: .role)
        role = Role(roleName)
        if let whole = try? container.decodeIfPresent(String.self, forKey: .content) {
            text = whole
        } else if try container.decodeNil(forKey: .content) {
            text = ""
        } else {
            let parts = try container.decode([Part].self, forKey: .content)
            let texts = parts.compactMap { $0.type == "text" ? $0.text : nil }
            text = texts.count == parts.count ? texts.joined(separator: "\n") : nil
        }
    }
}
