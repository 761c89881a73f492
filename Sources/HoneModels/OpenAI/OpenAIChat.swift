import HTTP
import HoneCore

/// Chat completions as OpenAI defined them and most servers speak them, always streamed and with usage.
///
/// https://platform.openai.com/docs/api-reference/chat/create
struct OpenAIChat: ChatDialect {
    func exchange(for request: ChatRequest, model: String, at endpoint: ModelEndpoint) -> WireExchange {
        var body: [String: JSONValue] = [
            "model": .string(model), "stream": true, "stream_options": ["include_usage": true],
            "messages": .array(
                request.messages.map { ["role": .string($0.role.rawValue), "content": .string($0.text)] }),
        ]
        body.merge(parameters(request.parameters, at: endpoint)) { $1 }
        body["tools"] = request.tools
        body["response_format"] = Self.format(request.responseFormat, at: endpoint)
        return WireExchange(path: "/chat/completions", body: .object(body), headers: Self.headers(for: endpoint))
    }

    func reader(for request: ChatRequest) -> any AnswerReader {
        OpenAIReader()
    }

    static func headers(for endpoint: ModelEndpoint) -> [HTTPHeader] {
        endpoint.key.map { [HTTPHeader("Authorization", "Bearer \($0.exposed)")] } ?? []
    }

    private static func format(_ format: ResponseFormat, at endpoint: ModelEndpoint) -> JSONValue? {
        switch format {
        case .text: nil
        case .jsonSchema(let name, let schema, let strict): self.format(name, schema, strict)
        case .choice(let options):
            self.format(
                ResponseFormat.choiceName,
                endpoint.isOpenAI
                    ? ResponseFormat.choiceObject(among: options) : ResponseFormat.choiceText(among: options), true)
        }
    }

    private static func format(_ name: String, _ schema: JSONValue, _ strict: Bool) -> JSONValue {
        ["type": "json_schema", "json_schema": ["name": .string(name), "schema": schema, "strict": .bool(strict)]]
    }

    private func parameters(_ parameters: ModelParameters, at endpoint: ModelEndpoint) -> [String: JSONValue] {
        var body: [String: JSONValue] = [:]
        body["temperature"] = parameters.temperature.map { .number($0) }
        body["top_p"] = parameters.topP.map { .number($0) }
        body["stop"] = parameters.stop.map { .array($0.map { .string($0) }) }
        body["seed"] = parameters.seed.map { .integer($0) }
        // OpenAI's newer models refuse the old name, other servers know no other.
        let limit = endpoint.isOpenAI ? "max_completion_tokens" : "max_tokens"
        body[limit] = parameters.maxTokens.map { .integer(Int64($0)) }
        return body
    }
}
