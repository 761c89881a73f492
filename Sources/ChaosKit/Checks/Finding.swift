/// What one check found.
public struct Finding: Sendable, Codable, Hashable {
    /// What it means when a check fails.
    public enum Kind: String, Sendable, Codable {
        /// Something that was promised is not there.
        case missing
        /// Something happened more than once.
        case duplicate
        /// Something is there that contradicts the rest.
        case wrong
    }

    /// A sentence that holds when there is no violation.
    public var invariant: String
    public var kind: Kind
    public var violations: Int
    /// A few of them.
    public var examples: [String]

    public var holds: Bool { violations == 0 }

    init(_ invariant: String, _ kind: Kind, _ violations: Int, _ examples: [String]) {
        self.invariant = invariant
        self.kind = kind
        self.violations = violations
        self.examples = Array(examples.prefix(5))
    }

    init(_ invariant: String, _ kind: Kind, _ violations: [String]) {
        self.init(invariant, kind, violations.count, violations)
    }
}
