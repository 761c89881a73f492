/// How hard to try. The service's settings may override the number of deliveries for all of its handlers.
public struct DeliveryPolicy: Hashable, Sendable {
    /// Deliveries after which a message becomes a dead letter.
    public var maxDeliveries: Int
    /// One call of the handler may take this long, then it is cancelled and its messages are tried again; a call that
    /// does not end then is a reason to restart the process. nil: no limit, and a call that hangs is never noticed.
    public var timeout: Duration?
    public var backoff: Backoff
    /// How long after messages came the next are fetched, so that under load many come together and share what a call
    /// and a transaction cost. A message that comes when it is quiet waits for nothing, nor does a backlog.
    public var gathering: Duration

    public init(
        maxDeliveries: Int = 5, timeout: Duration? = .seconds(300), backoff: Backoff = .standard,
        gathering: Duration = .zero
    ) {
        self.maxDeliveries = maxDeliveries
        self.timeout = timeout
        self.backoff = backoff
        self.gathering = gathering
    }

    public static let standard = DeliveryPolicy()
}
