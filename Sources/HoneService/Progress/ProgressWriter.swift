import Foundation
public import HoneBus
import HoneCore
public import HoneMessages
public import Logging
public import ServiceLifecycle
import Synchronization

/// Tells watchers what moves, without ever holding up the work: events wait in a bounded buffer, the oldest are
/// forgotten when nobody takes them, and many share one write.
///
/// What comes while nothing is under way leaves at once. After that, what is not prompt gathers for a while.
public struct ProgressWriter: Service {
    private static let gathering: Duration = .milliseconds(10)

    /// Two of them, so that what may wait does not make wait what may not.
    private let prompt: ProgressBuffer
    private let patient: ProgressBuffer
    private let ids = EventIDs()
    private let publisher: any Publisher
    private let logger: Logger

    public init(publisher: any Publisher, logger: Logger, capacity: Int = 10_000) {
        prompt = ProgressBuffer(capacity: capacity)
        patient = ProgressBuffer(capacity: capacity)
        self.publisher = publisher
        self.logger = logger
    }

    /// Returns at once. Events of one call stay together and in order, and so do calls that are equally prompt.
    public func write(_ progress: [ProgressMade], promptly: Bool = false, traceparent: String? = nil) {
        let publications = progress.compactMap { try? Publication($0, id: ids.next(), traceparent: traceparent) }
        guard !publications.isEmpty else { return }
        (promptly ? prompt : patient).add(publications)
    }

    public func run() async throws {
        await withGracefulShutdownHandler {
            await withTaskGroup { group in
                group.addTask { await publish(prompt, gathering: .zero) }
                group.addTask { await publish(patient, gathering: Self.gathering) }
            }
        } onGracefulShutdown: {
            prompt.finish()
            patient.finish()
        }
    }

    private func publish(_ buffer: ProgressBuffer, gathering pause: Duration) async {
        for await _ in buffer.signals {
            await publish(buffer.take())
            if pause > .zero { try? await Task.sleep(for: pause) }
        }
        await publish(buffer.take())
    }

    private func publish(_ publications: [Publication]) async {
        guard !publications.isEmpty else { return }
        do {
            try await publisher.publish(publications)
        } catch {
            logger.debug("progress was lost", metadata: ["error": "\(error)"])
        }
    }
}

/// New ids of events. Nobody needs to guess wrong, and asking the system for random numbers costs more than the rest of one.
private final class EventIDs: Sendable {
    private let random = Mutex(SeededGenerator(seed: UInt64.random(in: .min ... .max)))

    func next() -> UUID { random.withLock { UUID.v7(at: Date(), using: &$0) } }
}

extension UUID {
    static func v7(at time: Date) -> UUID { TaskID.new(at: time).uuid }
}
