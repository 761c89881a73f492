import BusTestKit
import HoneBus
import HoneCore
import Synchronization
import TestServers
import Testing

@Suite("The bus behind sentinels", .timeLimit(.minutes(2)))
struct SentinelBusTests {
    @Test("when the primary dies under load, publishing and consuming go on with its successor")
    func failOver() async throws {
        let rig = try await TestSentinel.start()
        defer { rig.stop() }
        let bench = Workbench(try RedisBusUnderTest(url: rig.url))
        let seen = Mutex<Set<Int>>([])
        let site = try bench.start { consumer in
            try consumer.handle(
                AllOf(TestWork.self) { batch in
                    seen.withLock { for message in batch { $0.insert(message.body.number) } }
                    return batch.map { _ in .done }
                })
        }
        for start in stride(from: 0, to: 2_000, by: 50) {
            try await bench.publishSurely((start..<start + 50).map { TestWork($0) })
            if start == 1_000 { rig.primary.kill() }
        }
        #expect(try await rig.primaryPort() == rig.replica.port)
        // What the dead one had taken and not passed on is for the reconciler; what its successor took must arrive.
        let after = Set(1_050..<2_000)
        try await eventually(within: .seconds(30), "all that the successor took is consumed") {
            seen.withLock { $0.isSuperset(of: after) }
        }
        try await eventually("the consumer is ready") { site.consumer.health.isReady }
        try await site.stop()
    }
}
