import Foundation
import HTTP
import HoneCore

/// Puts the named events of a message together.
struct AnthropicReader: AnswerReader {
    private(set) var draft = AnswerDraft()
    /// The tool whose input is the answer.
    private let answerTool: String?
    private var input: Int?
    private var cached: Int?
    private var isInToolCall = false

    init(answerTool: String? = nil) {
        self.answerTool = answerTool
    }

    mutating func read(_ event: ServerSentEvent) throws(ModelFault.Reason) -> String? {
        guard let data = try? WireFormat.decode(JSONValue.self, from: Data(event.data.utf8)),
            let type = data["type"]?.string
        else { throw .invalidAnswer("broken JSON, or not an event of a message") }
        switch type {
        case "message_start": note(usage: data["message"]?["usage"])
        case "content_block_start": return open(data["content_block"] ?? .null)
        case "content_block_delta": return extend(by: data["delta"] ?? .null)
        case "message_delta":
            note(stopReason: data["delta"]?["stop_reason"]?.string)
            note(usage: data["usage"])
        case "message_stop": draft.hasEnded = true
        case "error": throw Self.reason(for: data["error"] ?? .null)
        default: break
        }
        return nil
    }

    mutating func read(whole body: [UInt8]) throws(ModelFault.Reason) -> String? {
        guard let message = try? WireFormat.decode(JSONValue.self, from: Data(body)),
            let blocks = message["content"]?.array
        else { throw .invalidAnswer("broken JSON, or not a message") }
        for block in blocks {
            _ = open(block)
            guard block["type"]?.string == "tool_use", let input = block["input"] else { continue }
            _ = extend(by: ["partial_json": .string(Self.text(of: input))])
        }
        note(stopReason: message["stop_reason"]?.string)
        note(usage: message["usage"])
        draft.hasEnded = true
        return draft.text
    }

    private mutating func open(_ block: JSONValue) -> String? {
        isInToolCall = block["type"]?.string == "tool_use" && block["name"]?.string != answerTool
        if isInToolCall {
            let name = block["name"]?.string ?? ""
            draft.toolCalls.append(ToolCall(id: block["id"]?.string ?? "", name: name, arguments: ""))
        }
        return say(block["text"]?.string)
    }

    private mutating func extend(by delta: JSONValue) -> String? {
        let json = delta["partial_json"]?.string
        if isInToolCall, let json, !draft.toolCalls.isEmpty {
            draft.toolCalls[draft.toolCalls.count - 1].arguments += json
            return nil
        }
        return say(json ?? delta["text"]?.string)
    }

    private mutating func say(_ text: String?) -> String? {
        draft.text += text ?? ""
        return text
    }

    private mutating func note(stopReason: String?) {
        switch stopReason {
        case nil: break
        case "end_turn", "stop_sequence": draft.finish = .stop
        case "max_tokens", "model_context_window_exceeded": draft.finish = .length
        case "tool_use": draft.finish = draft.toolCalls.isEmpty ? .stop : .toolCalls
        case "refusal": draft.finish = .contentFilter
        default: draft.finish = .other
        }
    }

    /// The start counts the input, cached parts apart; the end counts the output.
    private mutating func note(usage: JSONValue?) {
        guard let usage else { return }
        if let fresh = usage["input_tokens"]?.int {
            cached = usage["cache_read_input_tokens"]?.int ?? cached
            let written = usage["cache_creation_input_tokens"]?.int ?? 0
            input = max(0, fresh).saturatingSum(max(0, cached ?? 0)).saturatingSum(max(0, written))
        }
        let output = usage["output_tokens"]?.int ?? draft.usage?.outputTokens
        draft.usage = TokenUsage(reportedInput: input, cached: cached, output: output) ?? draft.usage
    }

    private static func reason(for error: JSONValue) -> ModelFault.Reason {
        let status =
            switch error["type"]?.string {
            case "rate_limit_error": 429
            case "authentication_error", "permission_error": 403
            case "not_found_error": 404
            case "invalid_request_error": 400
            default: 529
            }
        return ModelFault.Reason(EndpointRefusal(status: status, error: error))
    }

    private static func text(of value: JSONValue) -> String {
        (try? WireFormat.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}

extension Int {
    fileprivate func saturatingSum(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
