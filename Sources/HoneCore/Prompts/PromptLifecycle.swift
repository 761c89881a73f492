/// Where a prompt stands. Every move is a row of its history, with who made it and why.
public enum PromptLifecycle: String, Codable, CaseIterable, Sendable {
    case draft, experimental, candidate, production, archived
}

extension PromptLifecycle {
    /// Where a prompt that stands here may go. Nothing becomes a draft again, and what was in production leaves it only for
    /// the archive; from there it may come back.
    public var successors: [PromptLifecycle] {
        switch self {
        case .draft: [.experimental, .candidate, .production, .archived]
        case .experimental: [.candidate, .production, .archived]
        case .candidate: [.experimental, .production, .archived]
        case .production: [.archived]
        case .archived: [.experimental, .production]
        }
    }

    /// Whether a prompt may move so; nil is a prompt that is new.
    public static func allows(_ from: PromptLifecycle?, to state: PromptLifecycle) -> Bool {
        from.map { $0.successors.contains(state) } ?? (state == .draft)
    }
}

/// A move that a prompt cannot make from where it stands.
public struct IllegalPromptMove: Error, Hashable, Sendable, CustomStringConvertible {
    /// Nil for a prompt that has no history yet.
    public var from: PromptLifecycle?
    public var to: PromptLifecycle

    public init(from: PromptLifecycle?, to: PromptLifecycle) {
        self.from = from
        self.to = to
    }

    public var description: String {
        let present = from.map { "is \($0.rawValue)" } ?? "is new"
        let legal = (from?.successors ?? [.draft]).map(\.rawValue)
        let list = [legal.dropLast().joined(separator: ", "), legal.last ?? ""].filter { !$0.isEmpty }
            .joined(separator: " or ")
        return "The prompt \(present) and cannot become \(to.rawValue); from there it may become \(list)."
    }
}
