/// What a consumer asks for in one round.
public struct FetchRequest: Hashable, Sendable {
    /// A stream and how many messages are its due in this round.
    public struct Turn: Hashable, Sendable {
        public let stream: StreamName
        public let count: Int

        public init(_ stream: StreamName, _ count: Int) {
            self.stream = stream
            self.count = count
        }
    }

    /// The most urgent first.
    public let turns: [Turn]
    /// How many messages the consumer has room for.
    public let limit: Int
    /// How long to wait when there is nothing; nil returns at once.
    public let wait: Duration?

    public init(_ turns: [Turn], limit: Int, wait: Duration? = nil) {
        self.turns = turns
        self.limit = limit
        self.wait = wait
    }
}
