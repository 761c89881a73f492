import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneRedis
import HoneService
import Logging
import ServiceLifecycle
import Synchronization

/// Passes messages on from a Celery queue to `celery.received`; those with an `eta` wait for it.
///
/// A message leaves the queue's side only after it is in the stream, under an id of its own: a crash in between
/// repeats it, and a repeated message changes nothing.
final class CeleryIntake: Service {
    private static let batch = 256
    /// Long enough for a slow publication, short enough for a dead router's messages.
    private static let lease: Duration = .seconds(10)
    private static let wait: Duration = .milliseconds(500)
    private static let backoff = Backoff(first: .milliseconds(100), longest: .seconds(5))

    private let queue: CeleryQueue
    private let transport: any BusTransport
    private let gate: IntakeGate
    private let source: String
    private let maxBacklog: Int
    private let logger: Logger
    private let problem = Mutex<String?>(nil)

    init(
        _ queue: CeleryQueue, to transport: any BusTransport, through gate: IntakeGate, source: String,
        settings: Settings, logger: Logger
    ) {
        self.queue = queue
        self.transport = transport
        self.gate = gate
        self.source = source
        maxBacklog = settings.maxBacklog
        self.logger = logger
    }

    var healthCheck: HealthCheck {
        HealthCheck("celery") { self.problem.withLock { $0 }.map(HealthState.unhealthy) ?? .healthy }
    }

    func run() async throws {
        await cancelWhenGracefulShutdown { await self.relay() }
    }

    private func relay() async {
        var (failures, generator) = (0, SystemRandomNumberGenerator())
        while !Task.isCancelled {
            do {
                try await round()
                failures = 0
                problem.withLock { $0 = nil }
            } catch  where Task.isCancelled {
                return
            } catch {
                failures += 1
                if failures == 1 { logger.warning("the Celery queue cannot be read", metadata: ["error": "\(error)"]) }
                problem.withLock { $0 = "\(error)" }
                try? await Task.sleep(for: Self.backoff.delay(attempt: failures, using: &generator))
            }
        }
    }

    private func round() async throws {
        guard gate.isOpen else { return try await Task.sleep(for: Self.wait) }
        let messages = try await queue.take(limit: Self.batch, lease: Self.lease)
        if messages.isEmpty { return try await queue.wait(atMost: Self.wait) }
        try await pass(messages, at: Date())
        // More than that and the backlog stays where its publisher sees it.
        while messages.count == Self.batch, try await isFull() { try await Task.sleep(for: Self.wait) }
    }

    private func pass(_ messages: [[UInt8]], at now: Date) async throws {
        var (due, later) = ([(message: [UInt8], id: UUID)](), [(message: [UInt8], until: Date)]())
        for message in messages {
            let data = Data(message)
            let label = CeleryLabel(data)
            if let eta = label?.eta, eta > now {
                later.append((message, eta))
            } else {
                let id = label?.id ?? UUID.hone.derived(String(decoding: data, as: UTF8.self))
                due.append((message, id))
            }
        }
        try await queue.postpone(later)
        try await transport.publish(
            due.map { message, id in
                Publication(
                    passingOn: Data(message), type: CeleryMessage.type, to: .celeryReceived, id: id, source: source)
            })
        try await queue.remove(due.map(\.message))
    }

    private func isFull() async throws -> Bool {
        let depth = try await transport.depth(of: [.celeryReceived, .tasksSubmitted])
        return depth.backlog(of: Router.name) >= maxBacklog
    }
}

/// The little that must be known of a message before it is read: which one it is, and when it is due.
private struct CeleryLabel {
    let id: UUID?
    let eta: Date?

    /// nil when that cannot be made out; whoever reads the message says why.
    init?(_ data: Data) {
        guard let message = try? WireFormat.decode(CeleryMessage.self, from: data) else { return nil }
        id = message.origin?.uuid
        eta = message.headers["eta"]?.string.flatMap(PythonTime.date)
    }
}
