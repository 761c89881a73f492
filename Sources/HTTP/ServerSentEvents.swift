/// One event of a `text/event-stream`.
public struct ServerSentEvent: Sendable, Hashable {
    /// The event's type; `nil` when the stream names none.
    public var event: String?
    /// The data lines, joined by line feeds.
    public var data: String
    /// The last id the stream has set up to this event.
    public var id: String?
    /// The reconnection time the stream asked for since the event before, in milliseconds.
    public var retry: Int?

    public init(event: String? = nil, data: String, id: String? = nil, retry: Int? = nil) {
        self.event = event
        self.data = data
        self.id = id
        self.retry = retry
    }
}

/// The events of a body, read as the WHATWG standard says: an event cut off by the body's end is dropped.
public struct ServerSentEvents<Base: AsyncSequence>: AsyncSequence where Base.Element == [UInt8] {
    private let base: Base

    public init(_ base: Base) {
        self.base = base
    }

    public func makeAsyncIterator() -> Iterator {
        Iterator(chunks: base.makeAsyncIterator())
    }

    public struct Iterator: AsyncIteratorProtocol {
        fileprivate var chunks: Base.AsyncIterator
        private var parser = ServerSentEventParser()
        private var ready: ArraySlice<ServerSentEvent> = []

        fileprivate init(chunks: Base.AsyncIterator) {
            self.chunks = chunks
        }

        public mutating func next(isolation actor: isolated (any Actor)?) async throws -> ServerSentEvent? {
            while ready.isEmpty {
                guard let chunk = try await chunks.next(isolation: actor) else { return nil }
                ready = parser.feed(chunk)[...]
            }
            return ready.removeFirst()
        }
    }
}

extension ServerSentEvents: Sendable where Base: Sendable {}

extension AsyncSequence where Element == [UInt8] {
    /// These bytes read as server-sent events.
    public var serverSentEvents: ServerSentEvents<Self> { ServerSentEvents(self) }
}
