import BusTestKit
import HoneBus
import HoneCore
import Logging
import TestServers
import Testing

@Suite("A consumer's registration and health", .timeLimit(.minutes(1)))
struct ConsumerTests {
    private let transport = MemoryTransport()
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    @Test("a topic has one handler")
    func duplicates() throws {
        let consumer = Consumer(of: transport, group: "workers", logger: logger)
        try consumer.handle(EachOf(TestWork.self) { _ in .done })
        #expect(throws: ConsumerError.duplicateHandler(type: TestWork.type, topic: TestWork.topic.name)) {
            try consumer.handle(AllOf(TestWork.self) { $0.map { _ in .done } })
        }
    }

    @Test("a group that the topic does not know would never be waited for, so it is refused")
    func strangers() {
        let consumer = Consumer(of: transport, group: "strangers", logger: logger)
        #expect(throws: ConsumerError.notAGroup("strangers", topic: TestWork.topic.name)) {
            try consumer.handle(EachOf(TestWork.self) { _ in .done })
        }
    }

    private struct Gatherer: BatchHandler {
        static let delivery = DeliveryPolicy(gathering: .seconds(1))
        let batches: Record<Int>

        func handle(_ batch: [Received<TestWork>], in context: HandlerContext) async throws -> [Outcome] {
            batches.note(batch.count)
            return batch.map { _ in .done }
        }
    }

    @Test("where messages gather, the first is handled at once and those that follow it together")
    func gathering() async throws {
        let bench = Workbench(MemoryBusUnderTest())
        let batches = Record<Int>()
        let site = try bench.start { try $0.handle(Gatherer(batches: batches)) }
        let start = ContinuousClock.now
        try await bench.publish([TestWork(1)])
        try await eventually("the first is handled") { batches.all == [1] }
        #expect(.now - start < .seconds(1))
        for _ in 0..<5 { try await bench.publish([TestWork(1)]) }
        try await eventually("the others are handled") { batches.all == [1, 5] }
        try await site.stop()
    }

    @Test("one without handlers is ready all the same, and runs until it is told to end")
    func withoutHandlers() async throws {
        let consumer = Consumer(of: transport, group: "workers", logger: logger)
        let run = Task { try await consumer.run() }
        while !consumer.health.isReady { await Task.yield() }
        consumer.drain()
        try await run.value
    }

    @Test("it is ready once it has started, and no longer when it drains")
    func readiness() async throws {
        let bench = Workbench(MemoryBusUnderTest())
        let consumer = Consumer(of: bench.transport, group: "workers", options: bench.options, logger: logger)
        try consumer.handle(EachOf(TestWork.self) { _ in .done })
        #expect(!consumer.health.isReady)
        let run = Task { try await consumer.run() }
        while !consumer.health.isReady { await Task.yield() }
        #expect(consumer.health.inFlight == 0)
        #expect(consumer.health.lastRoundTrip < .seconds(5))
        consumer.drain()
        #expect(!consumer.health.isReady)
        try await run.value
        await #expect(throws: ConsumerError.alreadyRunning) { try await consumer.run() }
    }

    @Test("a handler that does not stop when it is told to shows, and what it returns in the end counts")
    func overtime() async throws {
        let (bench, gate, calls) = (Workbench(MemoryBusUnderTest()), Gate(), Record<Int>())
        let site = try bench.start { try $0.handle(Stubborn(gate: gate, calls: calls)) }
        try await bench.publish([TestWork(1)])
        try await eventually("its time is over") { site.consumer.health.overtime > .milliseconds(200) }
        let health = site.consumer.health
        #expect(!health.isAlive(within: .milliseconds(200)) && health.isAlive(within: .seconds(60)))
        #expect(health.problem == nil && health.inFlight == 1)
        gate.open()
        try await bench.untilIdle(TestWork.topic)
        #expect(site.consumer.health.overtime == .zero && calls.all == [1])
        try await site.stop()
    }

    @Test("a handler has a limit unless it says otherwise")
    func limits() {
        #expect(DeliveryPolicy.standard.timeout == .seconds(300))
        #expect(DeliveryPolicy(timeout: nil).timeout == nil)
    }
}

/// Takes its time whatever it is told.
private struct Stubborn: MessageHandler {
    static let delivery = DeliveryPolicy(timeout: .milliseconds(20))

    let gate: Gate
    let calls: Record<Int>

    func handle(_ message: Received<TestWork>, in context: HandlerContext) async throws -> Outcome {
        calls.note(message.deliveries)
        await gate.pass()
        return .done
    }
}
