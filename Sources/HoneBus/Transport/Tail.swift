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

    public init(oldest: String, newest: String) {
        self.oldest = oldest
        self.newest = newest
    }
}
