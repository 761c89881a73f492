/// A pattern as a tree. Groups leave no trace: whether a text matches does not depend on what was captured.
indirect enum PatternNode {
    case empty
    case scalar(ScalarSet)
    case sequence([PatternNode])
    case alternatives([PatternNode])
    case repeated(PatternNode, atLeast: Int, atMost: Int?)
    case anchor(PatternAnchor)
}

/// A condition on a place between two characters.
enum PatternAnchor: Sendable {
    case textStart, textEnd, textEndBeforeBreak, lineStart, lineEnd, wordBoundary, notWordBoundary

    func holds(between before: Unicode.Scalar?, and after: Unicode.Scalar?, isLast: Bool) -> Bool {
        switch self {
        case .textStart: before == nil
        case .textEnd: after == nil
        case .textEndBeforeBreak: after == nil || (isLast && after == "\n")
        case .lineStart: before == nil || before == "\n"
        case .lineEnd: after == nil || after == "\n"
        case .wordBoundary: Self.isWord(before) != Self.isWord(after)
        case .notWordBoundary: Self.isWord(before) == Self.isWord(after)
        }
    }

    private static func isWord(_ scalar: Unicode.Scalar?) -> Bool {
        scalar.map(ScalarClass.word.contains) ?? false
    }
}
