public import Foundation
public import HoneCore
public import HoneStore

/// How an agent did before it came to a prompt, and how with it, each with a 95 % interval.
public struct PromptChangeBody: Codable, Sendable {
    public var promptID: PromptID
    @OrNull public var version: String?
    /// Its first use.
    public var since: Date
    /// Nil without scores to tell by.
    @OrNull public var before: MeanFigures?
    @OrNull public var after: MeanFigures?
    @OrNull public var change: IntervalFigures?

    enum CodingKeys: String, CodingKey {
        case version, since, before, after, change
        case promptID = "prompt_id"
    }

    public init(_ change: PromptChange) {
        promptID = change.promptID
        version = change.version
        since = change.since
        before = change.before
        after = change.after
        self.change = change.change
    }
}
