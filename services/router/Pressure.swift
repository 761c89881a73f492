import HoneBus
import HoneMessages
import HoneService
import Logging
import ServiceLifecycle
import Synchronization

/// Tells everybody how much waits, and takes no new submissions while the bus's memory is nearly full, so that what is
/// under way can finish and make room.
final class Pressure: Service {
    private static let interval: Duration = .seconds(1)
    /// Of an announced figure.
    private static let lifetime: Duration = .seconds(15)

    /// What submissions come through.
    let gate = IntakeGate()
    private let transport: any BusTransport
    private let logger: Logger
    private let reason = Mutex<String?>(nil)

    init(transport: any BusTransport, logger: Logger) {
        self.transport = transport
        self.logger = logger
    }

    /// Why no new work is taken; nil when it is.
    var complaint: String? { reason.withLock { $0 } }

    func run() async throws {
        await repeatUntilShutdown(every: Self.interval, "looking at the pressure on the bus", logger: logger) {
            try await self.look()
        }
    }

    func look() async throws {
        // The memory first: a full bus takes no announcement.
        heed(try await transport.memory())
        let depth = try await transport.depth(of: Topic.all)
        try await transport.announce(backlog: depth.deepestBacklog, for: Self.lifetime)
    }

    /// Shut at ``BusMemory/full``, it opens again only when there is some room.
    private func heed(_ memory: BusMemory) {
        if let complaint = memory.complaint {
            reason.withLock { $0 = complaint }
            guard gate.isOpen else { return }
            gate.close()
            logger.error("no new tasks are taken", metadata: ["reason": "\(complaint)"])
        } else if !gate.isOpen, memory.share < BusMemory.relieved {
            gate.open()
            reason.withLock { $0 = nil }
            logger.warning("new tasks are taken again")
        }
    }
}
