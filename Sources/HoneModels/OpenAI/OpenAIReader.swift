import Foundation
import HTTP
import HoneCore

/// Puts the chunks of a chat completion together.
struct OpenAIReader: AnswerReader {
    private(set) var draft = AnswerDraft()

    mutating func read(_ event: ServerSentEvent) throws(ModelFault.Reason) -> String? {
        if event.data == "[DONE]" {
            draft.hasEnded = true
            return nil
        }
        return try take(OpenAICompletion(json: Data(event.data.utf8)))
    }

    mutating func read(whole body: [UInt8]) throws(ModelFault.Reason) -> String? {
        let text = try take(OpenAICompletion(json: Data(body)))
        draft.hasEnded = true
        return text
    }

    private mutating func take(_ completion: OpenAICompletion) throws(ModelFault.Reason) -> String? {
        if let error = completion.error {
            let status = error["code"]?.int ?? 500
            throw ModelFault.Reason(EndpointRefusal(status: status < 400 ? 500 : status, error: error))
        }
        if let usage = completion.usage { draft.usage = usage.tokens ?? draft.usage }
        guard let choice = completion.choices?.first else { return nil }
        if let reason = choice.finishReason { draft.finish = Self.finish(reason) }
        guard let piece = choice.piece else { return nil }
        if piece.refusal?.isEmpty == false { draft.refused = true }
        for call in piece.toolCalls ?? [] { merge(call) }
        guard let text = piece.content else { return nil }
        draft.text += text
        return text
    }

    /// The first piece of a tool call names it; later ones lengthen its arguments.
    private mutating func merge(_ call: OpenAICompletion.ToolCallPiece) {
        let index = call.index ?? draft.toolCalls.count
        guard draft.toolCalls.indices.contains(index) else {
            draft.toolCalls.append(
                ToolCall(id: call.id ?? "", name: call.function?.name ?? "", arguments: call.function?.arguments ?? ""))
            return
        }
        draft.toolCalls[index].arguments += call.function?.arguments ?? ""
    }

    private static func finish(_ reason: String) -> FinishReason {
        reason == "function_call" ? .toolCalls : FinishReason(rawValue: reason) ?? .other
    }
}

/// A chunk of a streamed completion, or a whole one. What Hone does not use is not read.
struct OpenAICompletion: Decodable {
    struct Choice: Decodable {
        var delta: Piece?
        var message: Piece?
        var finishReason: String?

        var piece: Piece? { delta ?? message }

        private enum CodingKeys: String, CodingKey {
            case delta, message
            case finishReason = "finish_reason"
        }
    }

    struct Piece: Decodable {
        var content: String?
        var refusal: String?
        var toolCalls: [ToolCallPiece]?

        private enum CodingKeys: String, CodingKey {
            case content, refusal
            case toolCalls = "tool_calls"
        }
    }

    struct ToolCallPiece: Decodable {
        struct Function: Decodable {
            var name: String?
            var arguments: String?
        }

        var index: Int?
        var id: String?
        var function: Function?
    }

    var choices: [Choice]?
    var usage: OpenAIUsage?
    var error: JSONValue?

    init(json: Data) throws(ModelFault.Reason) {
        guard let completion = try? JSONDecoder().decode(OpenAICompletion.self, from: json) else {
            throw .invalidAnswer("broken JSON, or not a chat completion")
        }
        guard completion.choices != nil || completion.usage != nil || completion.error != nil else {
            throw .invalidAnswer("neither choices nor usage in it")
        }
        self = completion
    }
}

/// Counts of tokens; one that is no number counts as not reported.
struct OpenAIUsage: Decodable {
    var tokens: TokenUsage?

    init(from decoder: any Decoder) throws {
        let usage = try JSONValue(from: decoder)
        tokens = TokenUsage(
            reportedInput: usage["prompt_tokens"]?.int,
            cached: usage["prompt_tokens_details"]?["cached_tokens"]?.int, output: usage["completion_tokens"]?.int)
    }
}
