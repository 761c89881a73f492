import Foundation
import HoneCore

/// Messages: https://docs.anthropic.com/en/api/messages
struct AnthropicProtocol: WireProtocol {
    /// The tool the request forces; its answer is a tool use instead of text.
    var forcedTool: String?

    func whole(_ answer: Answer) -> JSONValue {
        [
            "id": "msg_scripted", "type": "message", "role": "assistant", "model": .string(answer.model),
            "content": .array(content(of: answer)), "stop_reason": .string(stopReason(answer)),
            "usage": usage(answer.usage),
        ]
    }

    func opening(_ answer: Answer) -> [String] {
        var usage = answer.usage
        usage?.output = 1
        return [
            event(
                "message_start",
                [
                    "message": [
                        "id": "msg_scripted", "type": "message", "role": "assistant", "content": [],
                        "model": .string(answer.model), "usage": self.usage(usage),
                    ]
                ]),
            event("content_block_start", ["index": 0, "content_block": openBlock(answer)]),
            event("ping", [:]),
        ]
    }

    func frame(token: String, _ answer: Answer) -> String {
        delta(token, isJSON: forcedTool != nil)
    }

    func closing(_ answer: Answer) -> [String] {
        var frames = answer.toolCall.map { [delta($0.arguments, isJSON: true)] } ?? []
        frames.append(event("content_block_stop", ["index": 0]))
        var end: [String: JSONValue] = ["delta": ["stop_reason": .string(stopReason(answer)), "stop_sequence": nil]]
        if let usage = answer.usage { end["usage"] = ["output_tokens": .integer(Int64(usage.output))] }
        frames.append(event("message_delta", end))
        frames.append(event("message_stop", [:]))
        return frames
    }

    func overload() -> String {
        event("error", ["error": ["type": "overloaded_error", "message": "Overloaded"]])
    }

    func error(status: Int, message: String) -> JSONValue {
        ["type": "error", "error": ["type": .string(Self.type(of: status)), "message": .string(message)]]
    }

    private static func type(of status: Int) -> String {
        switch status {
        case 400: "invalid_request_error"
        case 401: "authentication_error"
        case 403: "permission_error"
        case 404: "not_found_error"
        case 429: "rate_limit_error"
        case 529: "overloaded_error"
        default: "api_error"
        }
    }

    private func stopReason(_ answer: Answer) -> String {
        if answer.declines { return "refusal" }
        return answer.finish ?? (answer.toolCall == nil && forcedTool == nil ? "end_turn" : "tool_use")
    }

    private func openBlock(_ answer: Answer) -> JSONValue {
        guard let name = answer.toolCall?.name ?? forcedTool else { return ["type": "text", "text": ""] }
        return ["type": "tool_use", "id": "toolu_scripted", "name": .string(name), "input": [:]]
    }

    private func content(of answer: Answer) -> [JSONValue] {
        guard let name = answer.toolCall?.name ?? forcedTool else {
            return answer.text.isEmpty ? [] : [["type": "text", "text": .string(answer.text)]]
        }
        let arguments = Data((answer.toolCall?.arguments ?? answer.text).utf8)
        let input = (try? WireFormat.decode(JSONValue.self, from: arguments)) ?? .null
        return [["type": "tool_use", "id": "toolu_scripted", "name": .string(name), "input": input]]
    }

    private func delta(_ text: String, isJSON: Bool) -> String {
        let delta: JSONValue =
            isJSON
            ? ["type": "input_json_delta", "partial_json": .string(text)]
            : ["type": "text_delta", "text": .string(text)]
        return event("content_block_delta", ["index": 0, "delta": delta])
    }

    private func event(_ name: String, _ members: [String: JSONValue]) -> String {
        let data = JSONValue.object(members.merging(["type": .string(name)]) { $1 })
        return "event: \(name)\ndata: \(data.text)\n\n"
    }

    /// Anthropic counts cached tokens apart from `input_tokens`.
    private func usage(_ usage: ScriptedUsage?) -> JSONValue {
        guard let usage else { return .null }
        let cached = usage.cached ?? 0
        return [
            "input_tokens": .integer(Int64(usage.input - cached)), "output_tokens": .integer(Int64(usage.output)),
            "cache_read_input_tokens": .integer(Int64(cached)), "cache_creation_input_tokens": 0,
        ]
    }
}
