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
        try await watching(bus, EachOf(TestWork.self) { _ in .done }, on: transport, release: transport.release, body)
    }

    private func watching(
        _ bus: any BusVitals, _ handler: some MessageHandler, on transport: any BusTransport, release: () -> Void,
        _ body: (Consumer, _ codes: @Sendable () -> [Int32]) async throws -> Void
    ) async throws {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let consumer = Consumer(of: transport, group: "workers", logger: logger)
        try consumer.handle(handler)
        let codes = Mutex<[Int32]>([])
        let lookout = Lookout(consumer, on: bus, limit: .milliseconds(300), logger: logger) { code in
            codes.withLock { $0.append(code) }
        }
        let group = ServiceGroup(configuration: .init(services: [lookout], logger: logger))
        let (watch, work) = (Task { try await group.run() }, Task { try await consumer.run() })
        let result: Result<Void, any Error>
        do { result = .success(try await body(consumer, { codes.withLock { $0 } })) } catch { result = .failure(error) }
        release()
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

    @Test("ends the process when a handler hangs and cannot be stopped, whether or not the bus is there")
    func hanging() async throws {
        let (transport, gate) = (MemoryTransport(), Gate())
        try await watching(AwayBus(), Hanging(gate: gate), on: transport, release: gate.open) { consumer, codes in
            try await eventually("it is ready") { consumer.health.isReady }
            #expect(codes().isEmpty)
            try await transport.publish([try Publication(TestWork(1), id: UUID())])
            try await eventually("the process ends") { codes() == [70] }
            #expect(consumer.health.overtime >= .milliseconds(300))
            try await eventually("the loop itself goes on") { consumer.health.lastRoundTrip < .seconds(5) }
        }
    }
}

private struct Hanging: MessageHandler {
    static let delivery = DeliveryPolicy(timeout: .milliseconds(10))

    let gate: Gate

    func handle(_ message: Received<TestWork>, in context: HandlerContext) async throws -> Outcome {
        await gate.pass()
        return .done
    }
}

private final class AwayBus: BusVitals {
    private let asked = Mutex(0)

    var questions: Int { asked.withLock { $0 } }

    func epoch() async throws -> BusEpoch? {
        asked.withLock { $0 += 1 }
        throw BusError.unavailable("gone")
    }
    func incarnation() async throws -> String { throw BusError.unavailable("gone") }
    func memory() async throws -> BusMemory { BusMemory(bytes: 0, limit: nil) }
    func announce(backlog: Int, for lifetime: Duration) async throws {}
    func announcedBacklog() async throws -> Int? { nil }
}
