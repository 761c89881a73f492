import HTTP
import HoneCore

/// Anthropic's messages, always streamed. A JSON Schema is asked for by forcing a tool whose input it is.
///
/// The API knows no seed, and insists on a token limit. https://docs.anthropic.com/en/api/messages
struct AnthropicMessages: ChatDialect {
    /// Where the parameters name none.
    static let defaultMaxTokens = 4_096

    func exchange(for request: ChatRequest, model: String, at endpoint: ModelEndpoint) -> WireExchange {
        var body: [String: JSONValue] = [
            "model": .string(model), "stream": true, "messages": .array(Self.turns(of: request)),
            "max_tokens": .integer(Int64(request.parameters.maxTokens ?? Self.defaultMaxTokens)),
        ]
        body["system"] = Self.systemText(of: request).map { .string($0) }
        body["temperature"] = request.parameters.temperature.map { .number($0) }
        body["top_p"] = request.parameters.topP.map { .number($0) }
        body["stop_sequences"] = request.parameters.stop.map { .array($0.map { .string($0) }) }
        body.merge(Self.tools(of: request)) { $1 }
        return WireExchange(path: "/messages", body: .object(body), headers: Self.headers(for: endpoint))
    }

    func reader(for request: ChatRequest) -> any AnswerReader {
        AnthropicReader(answerTool: Self.forcedTool(of: request.responseFormat)?.name)
    }

    private static func headers(for endpoint: ModelEndpoint) -> [HTTPHeader] {
        let key = endpoint.key.map { [HTTPHeader("x-api-key", $0.exposed)] } ?? []
        return key + [HTTPHeader("anthropic-version", "2023-06-01")]
    }

    private static func systemText(of request: ChatRequest) -> String? {
        let texts = request.messages.filter { $0.role == .system }.map(\.text)
        return texts.isEmpty ? nil : texts.joined(separator: "\n\n")
    }

    private static func turns(of request: ChatRequest) -> [JSONValue] {
        request.messages.filter { $0.role != .system }
            .map { ["role": .string($0.role.rawValue), "content": .string($0.text)] }
    }

    private static func tools(of request: ChatRequest) -> [String: JSONValue] {
        var tools = request.tools?.array?.map(tool) ?? []
        guard let (name, schema) = forcedTool(of: request.responseFormat) else {
            return tools.isEmpty ? [:] : ["tools": .array(tools)]
        }
        tools.append(["name": .string(name), "description": "Gives the answer.", "input_schema": schema])
        return ["tools": .array(tools), "tool_choice": ["type": "tool", "name": .string(name)]]
    }

    private static func forcedTool(of format: ResponseFormat) -> (name: String, schema: JSONValue)? {
        switch format {
        case .text: nil
        case .jsonSchema(let name, let schema, _): (name, schema)
        case .choice(let options): (ResponseFormat.choiceName, ResponseFormat.choiceObject(among: options))
        }
    }

    /// A tool in OpenAI's shape as Anthropic wants it; any other is passed through.
    private static func tool(_ tool: JSONValue) -> JSONValue {
        guard let function = tool["function"] else { return tool }
        var members: [String: JSONValue] = [
            "name": function["name"] ?? .null, "input_schema": function["parameters"] ?? ["type": "object"],
        ]
        members["description"] = function["description"]
        return .object(members)
    }
}
