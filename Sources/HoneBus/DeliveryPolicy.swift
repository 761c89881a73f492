/// How hard to try. The service's settings may override the number of deliveries for all of its handlers.
public struct DeliveryPolicy: Hashable, Sendable {
    /// Deliveries after which a message becomes a dead letter.
    public var maxDeliveries: Int
    /// One call of the handler may take this long; nil leaves the limit to the handler.
    public var timeout: Duration?
    public var backoff: Backoff

    public init(maxDeliveries: Int = 5, timeout: Duration? = nil, backoff: Backoff = .standard) {
        self.maxDeliveries = maxDeliveries
        self.timeout = timeout
        self.backoff = backoff
    }

    public static let standard = DeliveryPolicy()
}
