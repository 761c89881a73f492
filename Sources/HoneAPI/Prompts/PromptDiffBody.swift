public import HoneCore
public import HoneStore

/// What a prompt changes of another.
public struct PromptDiffBody: Codable, Sendable {
    public var id: PromptID
    /// What it is compared with.
    public var against: PromptID
    public var added: Int
    public var removed: Int
    public var hunks: [LineDiff.Hunk]
    /// The same as `diff -u` prints it; empty when nothing differs.
    public var unified: String

    public init(_ prompt: Prompt, against other: Prompt) {
        let diff = LineDiff(from: other.template.page, to: prompt.template.page)
        id = prompt.id
        against = other.id
        added = diff.added
        removed = diff.removed
        hunks = diff.hunks
        unified = diff.unified(from: other.title, to: prompt.title)
    }
}

extension PromptDiffBody {
    /// Against the prompt that is named, else its first parent, else what is in production. Nil when there is no prompt of
    /// this id; throws `InvalidValue` for `against` when there is nothing to compare it with.
    public static func load(_ id: PromptID, against named: PromptID?, from store: Store) async throws -> PromptDiffBody?
    {
        guard let history = try await store.prompts.history(of: id) else { return nil }
        let production = try await store.prompts.production(of: history.stored.prompt.agentID)?.prompt.id
        guard let against = named ?? history.parents.first ?? production else {
            throw InvalidValue(path: "against", found: "nothing", expected: "a value (required)")
        }
        guard let other = try await store.prompts.load(against) else {
            throw InvalidValue(path: "against", found: "\"\(against)\"", expected: "a prompt on record")
        }
        return PromptDiffBody(history.stored.prompt, against: other.prompt)
    }
}

extension Prompt {
    fileprivate var title: String { "\(agentID) \(version)" }
}

extension PromptTemplate {
    /// All parts on one page, each under its name.
    public var page: String {
        let examples = demonstrations.enumerated().flatMap { index, example in
            [
                "[demonstration \(index + 1), user]", example.user, "[demonstration \(index + 1), assistant]",
                example.assistant,
            ]
        }
        let words = LabelWords(self).map { ["[labels]"] + $0.pairs.map { "\($0.label) → \($0.word)" } } ?? []
        return
            ((system.map { ["[system]", $0] } ?? []) + ["[user]", user] + examples + words
            + Self.section("answer", answer) + Self.section("parameters", parameters)).joined(separator: "\n")
    }

    private static func section(_ name: String, _ value: (some Encodable)?) -> [String] {
        guard let value, let json = try? JSONValue(encoding: value), let members = json.object else { return [] }
        return ["[\(name)]"] + members.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.line)" }
    }
}

extension JSONValue {
    fileprivate var line: String {
        (try? WireFormat.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? kind
    }
}
