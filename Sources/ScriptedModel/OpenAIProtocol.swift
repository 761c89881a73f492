import HoneCore

/// Chat completions: https://platform.openai.com/docs/api-reference/chat
struct OpenAIProtocol: WireProtocol {
    func whole(_ answer: Answer) -> JSONValue {
        var message: [String: JSONValue] = ["role": "assistant", "content": .string(answer.text)]
        if answer.misbehaviour == .refusal { message["refusal"] = .string(Self.refusal) }
        if let call = answer.toolCall { message["tool_calls"] = .array([Self.toolCall(call)]) }
        return .object([
            "id": "chatcmpl-scripted", "object": "chat.completion", "model": .string(answer.model),
            "choices": [["index": 0, "message": .object(message), "finish_reason": .string(finish(answer))]],
            "usage": Self.usage(answer.usage),
        ])
    }

    func opening(_ answer: Answer) -> [String] {
        [chunk(["role": "assistant", "content": ""], of: answer)]
    }

    func frame(token: String, _ answer: Answer) -> String {
        chunk(["content": .string(token)], of: answer)
    }

    func closing(_ answer: Answer) -> [String] {
        var frames: [String] = []
        if answer.misbehaviour == .refusal { frames.append(chunk(["refusal": .string(Self.refusal)], of: answer)) }
        if let call = answer.toolCall {
            frames.append(chunk(["tool_calls": .array([Self.toolCall(call)])], of: answer))
        }
        frames.append(chunk([:], of: answer, finish: finish(answer)))
        if answer.usage != nil { frames.append(usageChunk(answer)) }
        return frames + ["data: [DONE]\n\n"]
    }

    func overload() -> String {
        "data: " + error(status: 503, message: "The server is overloaded").text + "\n\n"
    }

    func error(status: Int, message: String) -> JSONValue {
        [
            "error": [
                "message": .string(message), "type": .string(Self.type(of: status)), "param": nil,
                "code": .integer(Int64(status)),
            ]
        ]
    }

    private static let refusal = "I'm sorry, I can't help with that."

    private static func type(of status: Int) -> String {
        switch status {
        case 400: "exceed_context_size_error"
        case 401, 403: "authentication_error"
        case 404: "not_found_error"
        case 429: "rate_limit_error"
        case 503: "unavailable_error"
        default: "server_error"
        }
    }

    private func finish(_ answer: Answer) -> String {
        if answer.misbehaviour == .contentFilter { return "content_filter" }
        return answer.finish ?? (answer.toolCall == nil ? "stop" : "tool_calls")
    }

    private func chunk(_ delta: JSONValue, of answer: Answer, finish: String? = nil) -> String {
        let choice: JSONValue = ["index": 0, "delta": delta, "finish_reason": finish.map { .string($0) } ?? .null]
        return frame(["choices": [choice]], of: answer)
    }

    private func usageChunk(_ answer: Answer) -> String {
        frame(["choices": [], "usage": Self.usage(answer.usage)], of: answer)
    }

    private func frame(_ members: [String: JSONValue], of answer: Answer) -> String {
        let envelope: [String: JSONValue] = [
            "id": "chatcmpl-scripted", "object": "chat.completion.chunk", "model": .string(answer.model),
        ]
        return "data: " + JSONValue.object(envelope.merging(members) { $1 }).text + "\n\n"
    }

    private static func usage(_ usage: ScriptedUsage?) -> JSONValue {
        guard let usage else { return .null }
        return [
            "prompt_tokens": .integer(Int64(usage.input)), "completion_tokens": .integer(Int64(usage.output)),
            "total_tokens": .integer(Int64(usage.input &+ usage.output)),
            "prompt_tokens_details": ["cached_tokens": .integer(Int64(usage.cached ?? 0))],
        ]
    }

    private static func toolCall(_ call: ScriptedToolCall) -> JSONValue {
        [
            "index": 0, "id": "call_scripted", "type": "function",
            "function": ["name": .string(call.name), "arguments": .string(call.arguments)],
        ]
    }
}
