/// Where a reader of a broadcast topic begins.
public enum TailStart: Hashable, Sendable {
    /// What is published after the reader asked for its first element.
    case latest
    /// Everything after this entry that is still there.
    case after(String)
    /// Everything that is still there.
    case oldest
}

/// What a broadcast topic still has. A reader whose last entry is older than `oldest` has missed some.
public struct TailSpan: Hashable, Sendable {
    public let oldest: String
    public let newest: String
    /// Whether `oldest` is the first that there ever was: nothing was cut off yet.
    public let isWhole: Bool

    public init(oldest: String, newest: String, isWhole: Bool = true) {
        self.oldest = oldest
        self.newest = newest
        self.isWhole = isWhole
    }
}
