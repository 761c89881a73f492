import Foundation
import HoneCore

/// A reply worked out for one request: the same for every wire protocol.
struct Answer {
    /// The text cut where a model would cut it: at words, each with the space before it.
    var tokens: [String]
    var toolCall: ScriptedToolCall?
    var finish: String?
    var usage: ScriptedUsage?
    var model: String
    var reply: ScriptedReply

    var text: String { tokens.joined() }
    var misbehaviour: ScriptedMisbehaviour? { reply.misbehaviour }
    var declines: Bool { misbehaviour == .refusal || misbehaviour == .contentFilter }

    init(_ reply: ScriptedReply, to request: ScriptedRequest) {
        self.reply = reply
        model = request.model
        finish = reply.finish
        toolCall = reply.toolCall
        tokens = toolCall == nil ? Self.tokens(of: reply, for: request) : []
        usage = Self.usage(of: reply, for: request, outputTokens: tokens.count)
    }

    private static func tokens(of reply: ScriptedReply, for request: ScriptedRequest) -> [String] {
        switch reply.misbehaviour {
        case .refusal, .contentFilter, .empty: return []
        case .hugeAnswer:
            let chunk = String(repeating: "x", count: 16 << 10)
            return Array(repeating: chunk, count: max(1, (reply.bytes ?? 8 << 20) / chunk.utf8.count))
        default: return words(of: text(of: reply, for: request))
        }
    }

    private static func text(of reply: ScriptedReply, for request: ScriptedRequest) -> String {
        if let text = reply.text { return text }
        let message = request.lastUserText
        let label = reply.labels?.first { message.hasMatch(of: $0.pattern) }?.label
        guard let schema = request.schema else { return label ?? message }
        let value = SchemaFiller.value(for: schema, choosing: label ?? message)
        return (try? WireFormat.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    static func words(of text: String) -> [String] {
        text.reduce(into: [String]()) { words, character in
            if words.isEmpty || character == " " {
                words.append(String(character))
            } else {
                words[words.count - 1].append(character)
            }
        }
    }

    private static func usage(
        of reply: ScriptedReply, for request: ScriptedRequest, outputTokens: Int
    ) -> ScriptedUsage? {
        switch reply.misbehaviour {
        case .noUsage: nil
        case .wrongUsage: ScriptedUsage(input: -7, output: Int.max, cached: 12)
        default:
            reply.usage
                ?? ScriptedUsage(
                    input: request.turns.reduce(0) { $0 + words(of: $1.text).count }, output: outputTokens)
        }
    }
}
