import BusTestKit
import HoneBus
import HoneCore
import Logging
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
}
