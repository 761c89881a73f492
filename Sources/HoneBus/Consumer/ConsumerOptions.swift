public import Foundation

/// How a consumer works. Each value has the default that `contract.md` names, where it names one.
public struct ConsumerOptions: Sendable {
    /// Named in dead letters; nil means the group's name.
    public var service: String?
    /// This process in the group: unique per process and start.
    public var consumer = ConsumerOptions.uniqueName()
    /// Messages a `MessageHandler` works on side by side.
    public var concurrency = 16
    /// Messages a `BatchHandler` gets at once, at most.
    public var batchSize = 256
    /// A message whose holder was silent for this long is taken over by another.
    public var claimAfter: Duration = .seconds(6)
    /// How often a holder renews its claims; well below `claimAfter`.
    public var renewEvery: Duration = .seconds(2)
    /// Overrides every handler's own number of deliveries.
    public var maxDeliveries: Int?
    public var maxMessageBytes = 1 << 20
    /// After the drain began: how long handlers may finish, and then how long they may take to notice cancellation.
    public var gracePeriod: Duration = .seconds(20)
    public var cancelPeriod: Duration = .seconds(3)
    /// How long one fetch waits for a first message; a drain notices no later than this.
    public var fetchWait: Duration = .milliseconds(500)
    /// How often handlers are held to their time.
    public var checkTimesEvery: Duration = .seconds(1)
    public var moveDueEvery: Duration = .milliseconds(200)
    public var trimEvery: Duration = .seconds(10)
    /// Between attempts while a database or the bus itself is away.
    public var outageBackoff = Backoff(first: .milliseconds(100), longest: .seconds(2))
    public var clock: @Sendable () -> Date = { Date() }

    public init() {}

    private static func uniqueName() -> String {
        let process = ProcessInfo.processInfo
        let salt = String(UInt32.random(in: .min ... .max), radix: 36)
        return "\(process.hostName)-\(process.processIdentifier)-\(salt)"
    }
}
