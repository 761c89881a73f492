import BusTestKit
import HoneBus
import HoneCore
import Redis
import TestServers
import Testing

/// Each test has a server of its own, since it breaks it.
@Suite("The bus while Redis breaks", .timeLimit(.minutes(2)))
struct RedisOutageTests {
    @Test("a restart of Redis is waited out, and readiness tells it")
    func restart() async throws {
        let server = try await TestRedis.start(arguments: ["--appendonly", "yes", "--appendfsync", "always"])
        let bench = Workbench(try RedisBusUnderTest(on: server))
        let seen = Record<Int>()
        let site = try bench.start {
            try $0.handle(
                EachOf(TestWork.self) {
                    seen.note($0.body.number); return .done
                })
        }
        try await bench.publish([TestWork(1)])
        try await eventually("the first is done") { seen.count == 1 }
        server.kill()
        try await eventually("it is not ready without Redis") { !site.consumer.health.isReady }
        #expect(site.consumer.health.problem != nil)
        try await server.restart()
        try await eventually("it is ready again", { site.consumer.health.isReady })
        try await bench.publish([TestWork(2)])
        try await eventually("the second is done") { seen.count == 2 }
        try await site.stop()
    }

    @Test("its incarnation changes with every start of a server and every loss of the data, and at no other time")
    func incarnations() async throws {
        let server = try await TestRedis.start(arguments: ["--appendonly", "yes"])
        let bench = Workbench(try RedisBusUnderTest(on: server))
        let transport = bench.transport
        try await transport.prepare([TestWork.topic])
        let first = try await transport.incarnation()
        try await bench.publish([TestWork(1)])
        #expect(try await transport.incarnation() == first)
        try await server.restart()
        let second = try await transport.incarnation()
        #expect(second != first)
        _ = try await RedisClient(RedisEndpoint(url: server.url)).flushall()
        #expect(try await transport.incarnation() != second)
    }

    @Test("a group that has miscounted its entries, as restarts can leave it, has no backlog on an empty stream")
    func miscounted() async throws {
        let server = try await TestRedis.start()
        let bus = try RedisBusUnderTest(on: server)
        let bench = Workbench(bus)
        let (key, group) = (bench.key(TestWork.topic), TestWork.topic.groups[0])
        try await bench.transport.prepare([TestWork.topic])
        try await bench.publish((0..<3).map { TestWork($0) })
        let last = try await bus.client.xinfoStream(key).lastGeneratedID
        try await bus.client.send(
            RedisCommand("XGROUP SETID", [.string(key), .string(group), .string("\(last)"), "ENTRIESREAD", "0"]))
        try await bus.client.send(RedisCommand("XTRIM", [.string(key), "MAXLEN", "0"]))
        #expect(try await bus.client.xinfoGroups(key).first { $0.name == group }?.lag == 3)
        let depth = try await bench.transport.depth(of: [TestWork.topic])
        #expect(depth.backlog(of: group) == 0 && depth.deepestBacklog == 0)
        server.stop()
    }

    @Test("FLUSHALL under a running consumer costs what was in Redis, and nothing after it")
    func flushAll() async throws {
        let server = try await TestRedis.start()
        let bus = try RedisBusUnderTest(on: server)
        let bench = Workbench(bus)
        let (gate, seen, results) = (Gate(), Record<Int>(), Record<Int>())
        let site = try bench.start { consumer in
            try consumer.handle(
                EachOf(TestWork.self) { message in
                    seen.note(message.body.number)
                    if message.body.number == 1 { await gate.pass() }
                    return .done(publish: [try message.causes(TestResult(message.body.number))])
                })
        }
        let reader = try bench.start("readers") { consumer in
            try consumer.handle(
                EachOf(TestResult.self) {
                    results.note($0.body.number); return .done
                })
        }
        try await bench.publish([TestWork(1)])
        try await eventually("the first is under way") { seen.count == 1 }
        try await bus.client.flushall()
        try await bench.publish([TestWork(2)])
        gate.open()
        try await eventually("both results arrive, even that of the message Redis forgot") { results.count == 2 }
        try await site.stop()
        try await reader.stop()
        #expect(results.all.sorted() == [1, 2])
    }

    @Test("a group deleted under a running consumer is made again")
    func groupDeleted() async throws {
        let server = try await TestRedis.start()
        let bus = try RedisBusUnderTest(on: server)
        let bench = Workbench(bus)
        let seen = Record<Int>()
        let site = try bench.start {
            try $0.handle(
                EachOf(TestWork.self) {
                    seen.note($0.body.number); return .done
                })
        }
        try await eventually("it is ready") { site.consumer.health.isReady }
        try await bus.client.xgroupDestroy(bench.key(TestWork.topic), group: "workers")
        try await bench.publish([TestWork(1)])
        try await eventually("the message is done") { seen.count == 1 }
        try await site.stop()
    }
}
