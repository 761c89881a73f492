import Foundation
public import HoneCore

/// One request as the scripted server received it.
public struct ScriptedRequest: Hashable, Sendable {
    /// One turn of the conversation, its content as text.
    public struct Turn: Hashable, Sendable {
        public var role: String
        public var text: String

        public init(role: String, text: String) {
            self.role = role
            self.text = text
        }
    }

    /// Counted over the server's life, from 1.
    public var number: Int
    public var path: String
    /// Names in lower case.
    public var headers: [String: String]
    public var body: JSONValue

    public var model: String { body["model"]?.string ?? "" }
    public var isStreaming: Bool { body["stream"]?.bool ?? false }
    public var systemText: String { turns.filter { $0.role == "system" }.map(\.text).joined(separator: "\n") }
    public var lastUserText: String { turns.last { $0.role == "user" }?.text ?? "" }

    /// The conversation, with Anthropic's separate system text as its first turn.
    public var turns: [Turn] {
        let system = body["system"].map { [Turn(role: "system", text: Self.text(of: $0))] } ?? []
        return system
            + (body["messages"]?.array ?? []).map { message in
                Turn(role: message["role"]?.string ?? "", text: message["content"].map(Self.text) ?? "")
            }
    }

    /// The JSON Schema the answer must fit, from `response_format` or from a forced tool.
    public var schema: JSONValue? {
        if let schema = body["response_format"]?["json_schema"]?["schema"] { return schema }
        guard let forced = body["tool_choice"]?["name"]?.string else { return nil }
        return body["tools"]?.array?.first { $0["name"]?.string == forced }?["input_schema"]
    }

    private static func text(of content: JSONValue) -> String {
        content.string ?? (content.array ?? []).compactMap { $0["text"]?.string }.joined(separator: "\n")
    }
}
