import Foundation
import HoneCore

/// What a prompt changes of another, in sentences that a person or a later search can use. They quote instructions, but no
/// examples.
public struct GenomeChange: Sendable, Hashable, CustomStringConvertible {
    private static let quoted = 240

    public let sentences: [String]

    public init(from parent: Genome, to child: Genome) {
        let (old, new) = (parent.template, child.template)
        sentences = [
            Self.rewording("instruction", old.system ?? "", new.system ?? ""),
            Self.rewording("question", old.user, new.user), Self.examples(old.demonstrations, new.demonstrations),
            Self.words(old.labels, new.labels), Self.form(old.answer, new.answer),
            Self.parameters(parent.parameters, child.parameters),
        ].compactMap(\.self)
    }

    public var description: String {
        sentences.isEmpty ? "Nothing is changed." : sentences.joined(separator: " ")
    }

    private static func rewording(_ part: String, _ old: String, _ new: String) -> String? {
        old == new ? nil : "The \(part) \(quote(old)) became \(quote(new))."
    }

    private static func examples(_ old: [Demonstration], _ new: [Demonstration]) -> String? {
        guard old != new else { return nil }
        let kept = Set(old).intersection(new).count
        guard kept < max(old.count, new.count) else { return "The \(new.count) examples stand in another order." }
        return "\(new.count) examples instead of \(old.count), of which \(kept) were kept."
    }

    private static func words(_ old: [String: String]?, _ new: [String: String]?) -> String? {
        guard old != new else { return nil }
        let pairs = (new ?? [:]).sorted { $0.key < $1.key }.map { "\($0.value) for \($0.key)" }
        return pairs.isEmpty
            ? "The model says the labels themselves." : "The model says \(pairs.joined(separator: ", "))."
    }

    private static func form(_ old: AnswerForm?, _ new: AnswerForm?) -> String? {
        guard old != new else { return nil }
        return switch new {
        case nil: "The form of the answer is free."
        case .choices(let labels): "The answer is forced to be one of \(labels.joined(separator: ", "))."
        case .jsonSchema: "The answer is forced into a JSON schema."
        }
    }

    private static func parameters(_ old: ModelParameters, _ new: ModelParameters) -> String? {
        guard old != new, let before = members(of: old), let after = members(of: new) else { return nil }
        let changed = Set(before.keys).union(after.keys).sorted().filter { before[$0] != after[$0] }
        let told = changed.map { "\($0) \(before[$0] ?? "unset") → \(after[$0] ?? "unset")" }
        return "Parameters: \(told.joined(separator: ", "))."
    }

    private static func members(of parameters: ModelParameters) -> [String: String]? {
        let json = try? WireFormat.decode(JSONValue.self, from: WireFormat.encode(parameters))
        return json?.object?.compactMapValues { value in
            (try? WireFormat.encode(value)).map { String(decoding: $0, as: UTF8.self) }
        }
    }

    private static func quote(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return "\"" + (line.count > quoted ? line.prefix(quoted - 1) + "…" : line) + "\""
    }
}
