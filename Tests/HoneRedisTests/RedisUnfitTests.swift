import BusTestKit
import Foundation
import HoneBus
import HoneCore
import HoneRedis
import Logging
import Redis
import TestServers
import Testing

/// Each test has a server of its own, since it is no good.
@Suite("The bus on a Redis that cannot carry it", .timeLimit(.minutes(2)))
struct RedisUnfitTests {
    @Test("a server without stream commands is refused by what it lacks")
    func withoutStreams() async throws {
        let server = try await TestRedis.start(arguments: ["--rename-command", "XGROUP", ""])
        let bench = Workbench(try RedisBusUnderTest(on: server))
        let site = try bench.start { try $0.handle(EachOf(TestWork.self) { _ in .done }) }
        let error = await #expect(throws: BusError.self) { try await site.ended() }
        guard case .unsupported(let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason.contains("XGROUP") && reason.contains("\(server.port)"))
    }

    @Test("a server that is too old is refused by its version")
    func tooOld() async throws {
        let server = try OldRedis(version: "4.0.14")
        let transport = RedisTransport(RedisEndpoint(host: "127.0.0.1", port: server.port))
        let error = await #expect(throws: BusError.self) { try await transport.prepare([TestWork.topic]) }
        #expect(error?.description.contains("Redis 4.0.14 is too old") == true)
        await transport.close()
    }

    @Test("a wrong password ends the start and is never shown")
    func wrongPassword() async throws {
        let server = try await TestRedis.start(arguments: ["--requirepass", "secret"])
        for userInfo in ["", ":guess@"] {
            let transport = RedisTransport(try RedisEndpoint(url: "redis://\(userInfo)127.0.0.1:\(server.port)"))
            let consumer = Consumer(of: transport, group: "workers", logger: Logger(label: "test"))
            try consumer.handle(EachOf(TestWork.self) { _ in .done })
            let error = await #expect(throws: BusError.self) { try await consumer.run() }
            #expect(error?.isTransient == false && error?.description.contains("guess") == false, "\(userInfo)")
            await transport.close()
        }
    }

    @Test("a full Redis takes readiness with the reason, lets the last consumers work, and is waited for")
    func full() async throws {
        let server = try await TestRedis.start()
        let bus = try RedisBusUnderTest(on: server)
        let bench = Workbench(bus)
        try await bench.transport.prepare([TestWork.topic, TestResult.topic])
        try await bench.publish([TestWork(1)])
        try await bench.publish([TestResult(1)])
        try await bus.client.send(RedisCommand("CONFIG", ["SET", "maxmemory", "1"]))
        let memory = try await bench.transport.memory()
        #expect(memory.limit == 1 && memory.complaint != nil)
        let seen = Record<Int>()
        let site = try bench.start {
            try $0.handle(EachOf(TestWork.self) { .done(publish: [try $0.causes(TestResult($0.body.number))]) })
        }
        let last = try bench.start("readers") {
            try $0.handle(
                EachOf(TestResult.self) {
                    seen.note($0.body.number)
                    return .done
                })
        }
        try await eventually("it says why") { site.consumer.health.problem?.contains("OOM") == true }
        try await eventually("what publishes nothing is done") { seen.count == 1 }
        try await bus.client.send(RedisCommand("CONFIG", ["SET", "maxmemory", "0"]))
        try await eventually("the result of the one that waited arrives") { seen.count == 2 }
        try await eventually("it is ready again") { site.consumer.health.isReady }
        try await site.stop()
        try await last.stop()
    }

    @Test("an entry of a hundred megabytes is a dead letter that keeps its first part and says so")
    func enormous() async throws {
        let server = try await TestRedis.start()
        let bus = try RedisBusUnderTest(on: server)
        let bench = Workbench(bus)
        let seen = Record<Int>()
        let refusals = Record<Int>()
        let site = try bench.start { consumer in
            try consumer.handle(
                EachOf(
                    TestWork.self,
                    refused: { message in
                        refusals.note(message.data?.count ?? -1)
                        return []
                    }
                ) {
                    seen.note($0.body.number)
                    return .done
                })
        }
        let key = bench.key(TestWork.topic)
        let body = [UInt8](#"{"number":1,"note":""#.utf8) + [UInt8](repeating: 120, count: 100 << 20)
        try await bus.client.xadd(key, [RedisField("id", Array("big".utf8)), RedisField("data", body)])
        try await bus.client.xadd(
            key, [RedisField("colour", body), RedisField("data", Array(#"{"number":3}"#.utf8))])
        try await bench.publish([TestWork(2)])
        try await eventually(within: .seconds(60), "it is buried and the next is done") {
            try await bus.client.xlen(bench.deadKey) == 2 && seen.count == 1
        }
        try await site.stop()
        let letters = try await bench.transport.deadLetters(.all, after: nil, limit: 5)
        #expect(letters.allSatisfy { $0.code == "message_too_large" && ($0.data?.count ?? 0) <= 64 << 10 })
        #expect(letters.map(\.cut) == ["data had \(body.count) bytes", "colour had \(body.count) bytes"])
        #expect(letters[0].eventID == "big" && letters[0].data?.starts(with: body.prefix(1_000)) == true)
        #expect(refusals.all.first == -1)
        #expect(try await bench.transport.replay(letters.map(\.id)).isEmpty)
        #expect(try await bus.client.xlen(bench.deadKey) == 2)
    }
}
