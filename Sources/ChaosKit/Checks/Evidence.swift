/// What the checker is told, because neither server can know it.
public struct Evidence: Sendable {
    /// What publishers had confirmed by Redis.
    public var published: [PublishedTask]
    /// Times that everything in Redis went; submissions without a row then are gone by definition.
    public var flushes: Int
    /// Replies that were read before they went with a flush.
    public var replies: [ReplySeen]
    /// Ids of dead letters that were read before they went with a flush.
    public var deadLetters: [String]
    /// Messages of somebody else that were put into the delayed set.
    public var delayed: Int
    /// The lease of a message.
    public var lease: Duration

    public init(
        published: [PublishedTask], flushes: Int = 0, replies: [ReplySeen] = [], deadLetters: [String] = [],
        delayed: Int = 0, lease: Duration = .seconds(6)
    ) {
        self.published = published
        self.flushes = flushes
        self.replies = replies
        self.deadLetters = deadLetters
        self.delayed = delayed
        self.lease = lease
    }

    /// Those that should have become tasks.
    var tasks: [PublishedTask] { published.filter { $0.kind != .unreadable } }
}

/// One reply that a publisher read.
public struct ReplySeen: Sendable, Hashable {
    public var task: String
    /// The message's own id.
    public var id: String

    public init(task: String, id: String) {
        self.task = task
        self.id = id
    }
}
