public import HoneCore

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

extension Prompt {
    fileprivate var title: String { "\(agentID) \(version)" }
}

extension PromptTemplate {
    /// All parts on one page, each under its name.
    fileprivate var page: String {
        let examples = demonstrations.enumerated().flatMap { index, example in
            [
                "[demonstration \(index + 1), user]", example.user, "[demonstration \(index + 1), assistant]",
                example.assistant,
            ]
        }
        return ((system.map { ["[system]", $0] } ?? []) + ["[user]", user] + examples).joined(separator: "\n")
    }
}
