import BusTestKit
import HoneBus
import HoneCore
import Redis
import Synchronization
import TestServers
import Testing

@Suite("The bus under load", .timeLimit(.minutes(3)))
struct RedisLoadTests {
    @Test("ten thousand messages and three consumers: each message has its effect once")
    func manyMessages() async throws {
        let bench = Workbench(try RedisBusUnderTest(on: try await TestRedis.shared()))
        let effects = Mutex<[Int: Int]>([:])
        try await bench.transport.prepare([TestWork.topic])
        let sites = try (0..<3).map { _ in
            try bench.start { consumer in
                try consumer.handle(
                    AllOf(TestWork.self) { batch in
                        effects.withLock { for message in batch { $0[message.body.number, default: 0] += 1 } }
                        return try batch.map { .done(publish: [try $0.causes(TestResult($0.body.number))]) }
                    })
            }
        }
        for start in stride(from: 0, to: 10_000, by: 500) {
            try await bench.publish((start..<start + 500).map { TestWork($0) })
        }
        try await eventually(within: .seconds(60), "everything is done") {
            try await bench.backlog(TestWork.topic) == 0 && effects.withLock { $0.count } == 10_000
        }
        for site in sites { try await site.stop() }
        #expect(effects.withLock { $0.values.allSatisfy { $0 == 1 } })
        #expect(try await bench.bus.entries(of: bench.key(TestResult.topic)).count == 10_000)
    }

    @Test("consumers that come, go and die lose nothing")
    func churn() async throws {
        let bench = Workbench(try RedisBusUnderTest(on: try await TestRedis.shared()))
        let effects = Mutex<Set<Int>>([])
        let handler = EachOf(TestWork.self) { message in
            _ = effects.withLock { $0.insert(message.body.number) }
            return .done
        }
        try await bench.transport.prepare([TestWork.topic])
        try await bench.publish((0..<2_000).map { TestWork($0) })
        for number in 0..<5 {
            _ = try await bench.fetch(TestWork.topic, 20, as: bench.member("dies-with-twenty-\(number)"))
            let site = try bench.start { try $0.handle(handler) }
            try await eventually("some are done") { effects.withLock { $0.count } > number * 100 }
            try await site.interrupt()
        }
        let last = try bench.start { try $0.handle(handler) }
        try await bench.untilIdle(TestWork.topic)
        try await last.stop()
        #expect(effects.withLock { $0.count } == 2_000)
        #expect(try await bench.bus.entries(of: bench.deadKey).isEmpty)
    }

    @Test("with default settings a dead consumer's message runs elsewhere in less than ten seconds")
    func recovery() async throws {
        var bench = Workbench(try RedisBusUnderTest(on: try await TestRedis.shared()))
        bench.options = ConsumerOptions()
        let seen = Record<Int>()
        try await bench.transport.prepare([TestWork.topic])
        try await bench.publish((0..<20).map { TestWork($0) })
        let held = try await bench.fetch(TestWork.topic, 10, as: bench.member("killed"))
        let site = try bench.start {
            try $0.handle(
                EachOf(TestWork.self) {
                    seen.note($0.deliveries); return .done
                })
        }
        try await eventually(within: .seconds(10), "all are done, those of the dead one too") { seen.count == 20 }
        try await site.stop()
        #expect(held.count == 10)
        #expect(seen.all.count { $0 == 2 } == 10)
    }

    @Test("a pending entry whose body is gone is acknowledged")
    func vanished() async throws {
        let bus = try RedisBusUnderTest(on: try await TestRedis.shared())
        let bench = Workbench(bus)
        try await bench.transport.prepare([TestWork.topic])
        try await bench.publish([TestWork(1), TestWork(2)])
        let held = try await bench.fetch(TestWork.topic, as: bench.member("silent"))
        let first = try #require(RedisStreamID(held[0].entryID))
        try await bus.client.xdel(bench.key(TestWork.topic), ids: [first])
        let taken = try await bench.transport.takeOver(
            from: bench.transport.streams(of: TestWork.topic), idle: .zero, limit: 10, as: bench.member("heir"))
        #expect(taken.vanished == 1)
        #expect(taken.deliveries.map(\.entryID) == [held[1].entryID])
        #expect(try await bus.client.xpending(bench.key(TestWork.topic), group: "workers").count == 1)
    }

    @Test("a member that nothing came for yet is seen all the same")
    func idling() async throws {
        let bus = try RedisBusUnderTest(on: try await TestRedis.shared())
        let bench = Workbench(bus)
        let site = try bench.start { try $0.handle(EachOf(TestWork.self) { _ in .done }) }
        try await eventually("the member is seen") {
            try await bench.transport.members(of: [TestWork.topic]).map(\.group) == ["workers"]
        }
        try await site.stop()
        #expect(try await bench.transport.members(of: [TestWork.topic]).isEmpty)
    }

    @Test("a member that leaves with empty hands is struck from its group")
    func leaving() async throws {
        let bus = try RedisBusUnderTest(on: try await TestRedis.shared())
        let bench = Workbench(bus)
        let site = try bench.start { try $0.handle(EachOf(TestWork.self) { _ in .done }) }
        try await bench.publish([TestWork(1)])
        try await bench.untilIdle(TestWork.topic)
        try await site.stop()
        #expect(try await bus.client.xinfoConsumers(bench.key(TestWork.topic), group: "workers").isEmpty)
    }
}
