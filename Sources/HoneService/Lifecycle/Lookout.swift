import Dispatch
import Foundation
import HoneBus
import Logging
import ServiceLifecycle
import Synchronization

/// Ends the process when its consumer has stopped consuming though the bus is there, or a handler cannot be stopped, so
/// that whatever keeps it starts it again. It watches from a thread of its own: a cause may be that the shared threads are all stuck.
final class Lookout: Service {
    /// EX_SOFTWARE of sysexits.h: not the bus's fault and not the settings'.
    static let exitCode: Int32 = 70
    /// Looks in a row: a process that was itself stopped for a while needs a moment to hear from the bus again.
    private static let strikes = 3

    private let consumer: Consumer
    private let bus: any BusVitals
    private let limit: Duration
    private let logger: Logger
    private let end: @Sendable (Int32) -> Void
    private let isOver = Mutex(false)

    init(
        _ consumer: Consumer, on bus: any BusVitals, limit: Duration, logger: Logger,
        end: @escaping @Sendable (Int32) -> Void = { _exit($0) }
    ) {
        self.consumer = consumer
        self.bus = bus
        self.limit = limit
        self.logger = logger
        self.end = end
    }

    func run() async throws {
        Thread { self.watch() }.start()
        try? await gracefulShutdown()
        isOver.withLock { $0 = true }
    }

    private func watch() {
        var strikes = 0
        while !isOver.withLock({ $0 }) {
            Thread.sleep(forTimeInterval: 1)
            let health = consumer.health
            let isStuck = !health.isDraining && !health.isAlive(within: limit)
            strikes = isStuck && (health.overtime >= limit || isToBlame) ? strikes + 1 : 0
            guard strikes == Self.strikes else { continue }
            logger.critical(
                "the consumer does not consume any more; the process ends to be started again",
                metadata: [
                    "silent_for": "\(health.lastRoundTrip.components.seconds) s",
                    "handler_overdue_by": "\(health.overtime.components.seconds) s",
                ])
            return end(Self.exitCode)
        }
    }

    /// Whether the bus answers somebody else, or nobody here can even ask it.
    private var isToBlame: Bool {
        let (inquiry, end) = (Inquiry(), DispatchSemaphore(value: 0))
        Task { [bus] in
            inquiry.note(.asked)
            do {
                _ = try await bus.epoch()
                inquiry.note(.answered)
            } catch {
                logger.debug("the bus does not answer either", metadata: ["error": "\(error)"])
            }
            end.signal()
        }
        _ = end.wait(timeout: .now() + 10)
        return inquiry.state != .asked
    }

    /// How far a question to the bus got.
    private final class Inquiry: Sendable {
        enum State { case planned, asked, answered }

        private let current = Mutex(State.planned)

        var state: State { current.withLock { $0 } }
        func note(_ state: State) { current.withLock { $0 = state } }
    }
}
