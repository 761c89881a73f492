import BusTestKit
import Foundation
import HoneBus
import Logging
import ServiceLifecycle
import Synchronization
import TestServers
import Testing

@testable import HoneService

@Suite("A consumer that consumes no more", .timeLimit(.minutes(1)))
struct LookoutTests {
    /// Runs `body` with a consumer on a bus that never answers its fetches, and a look-out that asks `bus`.
    private func watching(
        _ bus: any BusVitals, _ body: (Consumer, _ codes: @Sendable () -> [Int32]) async throws -> Void
    ) async throws {
        let transport = StuckTransport()
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let consumer = Consumer(of: transport, group: "workers", logger: logger)
        try consumer.handle(EachOf(TestWork.self) { _ in .done })
        let codes = Mutex<[Int32]>([])
        let lookout = Lookout(consumer, on: bus, limit: .milliseconds(300), logger: logger) { code in
            codes.withLock { $0.append(code) }
        }
        let group = ServiceGroup(configuration: .init(services: [lookout], logger: logger))
        let (watch, work) = (Task { try await group.run() }, Task { try await consumer.run() })
        let result: Result<Void, any Error>
        do { result = .success(try await body(consumer, { codes.withLock { $0 } })) } catch { result = .failure(error) }
        transport.release()
        consumer.drain()
        try await work.value
        await group.triggerGracefulShutdown()
        try await watch.value
        try result.get()
    }

    @Test("ends the process with a code of its own when the bus answers somebody else")
    func stuck() async throws {
        try await watching(MemoryTransport()) { _, codes in
            try await eventually("the process ends") { codes() == [70] }
        }
    }

    @Test("is waited for while the bus itself is away")
    func away() async throws {
        let away = AwayBus()
        try await watching(away) { consumer, codes in
            try await eventually("it was asked twice") { away.questions >= 2 }
            #expect(!consumer.health.isAlive(within: .milliseconds(300)) && codes().isEmpty)
        }
    }
}

private final class AwayBus: BusVitals {
    private let asked = Mutex(0)

    var questions: Int { asked.withLock { $0 } }

    func epoch() async throws -> BusEpoch? {
        asked.withLock { $0 += 1 }
        throw BusError.unavailable("gone")
    }
    func memory() async throws -> BusMemory { BusMemory(bytes: 0, limit: nil) }
    func announce(backlog: Int, for lifetime: Duration) async throws {}
    func announcedBacklog() async throws -> Int? { nil }
}
