import Foundation
import HoneCore
import HoneMessages

/// Puts the pieces of an answer together in order. They come by a way that may lose some: what is missing then is taken
/// from the record once the task is over.
struct TokenJoint {
    /// The attempt whose text is shown; what was shown of one cannot be taken back for another's.
    private(set) var attempt: Int?
    private var next: Int64 = 0
    private var hasGap = false
    private var shown: [UInt8] = []

    var isEmpty: Bool { shown.isEmpty }

    /// What can be shown now; nil when it is nothing.
    mutating func text(of progress: ProgressMade) -> String? {
        guard progress.kind == .token, let attempt = progress.attempt, let text = progress.message,
            case .integer(let sequence)? = progress.data?["sequence"]
        else { return nil }
        if isEmpty, attempt != self.attempt { (self.attempt, next, hasGap) = (attempt, 0, false) }
        guard attempt == self.attempt, sequence >= next else { return nil }
        hasGap = hasGap || sequence > next
        next = sequence + 1
        return hasGap ? nil : show(text)
    }

    private mutating func show(_ text: String) -> String? {
        // The record's text has no space around it.
        let text = isEmpty ? String(text.drop(while: \.isWhitespace)) : text
        guard !text.isEmpty else { return nil }
        shown += text.utf8
        return text
    }

    /// What of the whole text has not been shown.
    func rest(of whole: String) -> String? {
        guard whole.utf8.starts(with: shown), whole.utf8.count > shown.count else { return nil }
        return String(decoding: whole.utf8.dropFirst(shown.count), as: UTF8.self)
    }

    /// The whole answer, as the record has it by now; nil when a piece of it is missing, or its end told too little.
    func answer(at end: ProgressMade) -> ChatAnswer? {
        guard let summary = end.summary, let agent = end.agentID, end.attempt == attempt, !hasGap else { return nil }
        let text = String(decoding: shown, as: UTF8.self).trimmed
        guard text.utf8.count == summary.bytes else { return nil }
        return ChatAnswer(text: text, agentID: agent, usage: summary.usage, finishReason: summary.finishReason)
    }

    /// Whether this ends the attempt whose text is on show without an end.
    func isBroken(by progress: ProgressMade) -> Bool {
        progress.kind == .error && !isEmpty && progress.attempt == attempt
    }
}
