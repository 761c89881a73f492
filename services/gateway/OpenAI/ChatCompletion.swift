import Foundation
import HoneAPI
import HoneCore
import HoneStore

/// A whole answer in OpenAI's form (`chat.completion`).
struct ChatCompletion: Encodable, Sendable {
    struct Message: Encodable, Sendable {
        let role = "assistant"
        let content: String
        @OrNull var refusal: String?
    }

    struct Choice: Encodable, Sendable {
        let index = 0
        let message: Message
        @OrNull var logprobs: String?
        @OrNull var finishReason: String?

        enum CodingKeys: String, CodingKey {
            case index, message, logprobs
            case finishReason = "finish_reason"
        }
    }

    let id: String
    let object = "chat.completion"
    let created: Int
    let model: String
    let choices: [Choice]
    let usage: ChatUsage
}

/// A piece of an answer (`chat.completion.chunk`).
struct ChatChunk: Encodable, Sendable {
    struct Delta: Encodable, Sendable {
        var role: String?
        var content: String?
    }

    struct Choice: Encodable, Sendable {
        let index = 0
        var delta: Delta
        @OrNull var finishReason: String?

        enum CodingKeys: String, CodingKey {
            case index, delta
            case finishReason = "finish_reason"
        }
    }

    let id: String
    let object = "chat.completion.chunk"
    let created: Int
    let model: String
    var choices: [Choice]
    var usage: ChatUsage?
}

struct ChatUsage: Encodable, Sendable {
    let promptTokens: Int
    let completionTokens: Int
    let totalTokens: Int

    enum CodingKeys: String, CodingKey {
        case promptTokens = "prompt_tokens"
        case completionTokens = "completion_tokens"
        case totalTokens = "total_tokens"
    }

    init(_ usage: TokenUsage) {
        promptTokens = usage.inputTokens
        completionTokens = usage.outputTokens
        totalTokens = usage.totalTokens
    }
}

/// What all pieces of one answer have in common.
struct ChatLabel: Sendable {
    let id: String
    let created: Int
    let model: String

    init(task: TaskID, model: String, at time: Date) {
        id = "chatcmpl-\(task.uuid.hexadecimal)"
        created = Int(time.timeIntervalSince1970)
        self.model = model
    }

    func chunk(_ delta: ChatChunk.Delta, finishReason: String? = nil) -> ChatChunk {
        ChatChunk(
            id: id, created: created, model: model,
            choices: [ChatChunk.Choice(delta: delta, finishReason: finishReason)])
    }

    func usage(_ usage: TokenUsage) -> ChatChunk {
        ChatChunk(id: id, created: created, model: model, choices: [], usage: ChatUsage(usage))
    }

    func completion(_ answer: ChatAnswer) -> ChatCompletion {
        ChatCompletion(
            id: id, created: created, model: model,
            choices: [.init(message: .init(content: answer.text), finishReason: answer.finishReason)],
            usage: ChatUsage(answer.usage))
    }
}
