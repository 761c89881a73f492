public import Foundation
public import Logging

/// What a handler may know about where it runs.
public struct HandlerContext: Sendable {
    /// Carries the ids of what is being handled.
    public var logger: Logger
    public let group: String
    /// This process, as the bus knows it.
    public let consumer: String
    private let clock: @Sendable () -> Date

    public init(
        logger: Logger, group: String, consumer: String, clock: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.logger = logger
        self.group = group
        self.consumer = consumer
        self.clock = clock
    }

    public var now: Date { clock() }
}
