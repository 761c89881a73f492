import AsyncAlgorithms
import Foundation
public import HoneBus
import HoneCore
public import HoneMessages
public import Logging
public import ServiceLifecycle

/// Tells watchers what moves, without ever holding up the work: events wait in a bounded buffer, the oldest are
/// forgotten when nobody takes them, and many share one write.
public struct ProgressWriter: Service {
    private let events: AsyncStream<[Publication]>
    private let continuation: AsyncStream<[Publication]>.Continuation
    private let publisher: any Publisher
    private let logger: Logger

    public init(publisher: any Publisher, logger: Logger, capacity: Int = 10_000) {
        (events, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(capacity))
        self.publisher = publisher
        self.logger = logger
    }

    /// Returns at once. Events of one call stay together and in order.
    public func write(_ progress: [ProgressMade], traceparent: String? = nil) {
        let publications = progress.compactMap { try? Publication($0, id: .v7(), traceparent: traceparent) }
        guard !publications.isEmpty else { return }
        continuation.yield(publications)
    }

    public func run() async throws {
        await withGracefulShutdownHandler {
            for await batch in events.chunks(ofCount: 500, or: .repeating(every: .milliseconds(20))) {
                await publish(batch.flatMap(\.self))
            }
        } onGracefulShutdown: {
            continuation.finish()
        }
    }

    private func publish(_ publications: [Publication]) async {
        do {
            try await publisher.publish(publications)
        } catch {
            logger.debug("progress was lost", metadata: ["error": "\(error)"])
        }
    }
}

extension UUID {
    static func v7() -> UUID { TaskID.new().uuid }
    static func v7(at time: Date) -> UUID { TaskID.new(at: time).uuid }
}
