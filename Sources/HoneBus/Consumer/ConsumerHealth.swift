/// Whether a consumer does its work, as seen from inside.
public struct ConsumerHealth: Sendable, Hashable {
    /// The age of the last answer that a fetch loop got from the bus, of the loop for which it is longest ago.
    /// A loop that has no room for more messages does not fetch and counts as fresh.
    public var lastRoundTrip: Duration
    /// For how long a handler has been over its time and has not returned, though it was told to stop; zero when none.
    public var overtime: Duration
    /// Messages held: being worked on, or fetched and waiting for room.
    public var inFlight: Int
    /// What keeps the consumer from its work just now; nil when nothing does.
    public var problem: String?
    public var isDraining: Bool

    public init(
        lastRoundTrip: Duration, overtime: Duration = .zero, inFlight: Int, problem: String?, isDraining: Bool
    ) {
        self.lastRoundTrip = lastRoundTrip
        self.overtime = overtime
        self.inFlight = inFlight
        self.problem = problem
        self.isDraining = isDraining
    }

    public var isReady: Bool { problem == nil && !isDraining }

    /// False for a loop that has stopped without a reason, and for a handler that cannot be stopped: a process in that
    /// state should be restarted. An outage of the bus is a reason for a loop.
    public func isAlive(within limit: Duration = .seconds(30)) -> Bool {
        overtime < limit && (problem != nil || lastRoundTrip < limit)
    }
}
