import BusTestKit
import Foundation
import HoneBus
import HoneCore
import HoneRedis
import Logging
import Redis
import TestServers
import Testing

@Suite("What the bus says of a Redis that is unfit", .timeLimit(.minutes(1)))
struct RedisRefusalTests {
    @Test("a key of the wrong type is named at the start")
    func wrongType() async throws {
        let bus = try RedisBusUnderTest(on: try await TestRedis.shared())
        let bench = Workbench(bus)
        try await bus.client.set(bench.key(TestWork.topic), "not a stream")
        await #expect(throws: BusError.wrongType(key: bench.key(TestWork.topic))) {
            try await bench.transport.prepare([TestWork.topic])
        }
        let site = try bench.start { try $0.handle(EachOf(TestWork.self) { _ in .done }) }
        await #expect(throws: BusError.wrongType(key: bench.key(TestWork.topic))) { try await site.ended() }
    }

    @Test("dead letters that are no stream are named at the start")
    func wrongDeadLetters() async throws {
        let bus = try RedisBusUnderTest(on: try await TestRedis.shared())
        let bench = Workbench(bus)
        try await bus.client.set(bench.deadKey, "not a stream")
        await #expect(throws: BusError.wrongType(key: bench.deadKey)) {
            try await bench.transport.prepare([TestWork.topic])
        }
    }

    @Test("a stream replaced by a string under a running consumer takes its readiness, and gives it back")
    func replacedStream() async throws {
        let bus = try RedisBusUnderTest(on: try await TestRedis.shared())
        let bench = Workbench(bus)
        let seen = Record<Int>()
        let site = try bench.start {
            try $0.handle(
                EachOf(TestWork.self) {
                    seen.note($0.body.number); return .done
                })
        }
        try await eventually("it is ready") { site.consumer.health.isReady }
        try await bus.client.set(bench.key(TestWork.topic), "not a stream")
        try await eventually("it says what is wrong") {
            site.consumer.health.problem?.contains(bench.key(TestWork.topic)) == true
        }
        try await bus.client.del([bench.key(TestWork.topic)])
        try await bench.publish([TestWork(1)])
        try await eventually("work goes on") { seen.count == 1 }
        try await site.stop()
    }

    @Test("a read-only replica is refused by name")
    func replica() async throws {
        let primary = try await TestRedis.start()
        let server = try await TestRedis.start(arguments: ["--replicaof", "127.0.0.1 \(primary.port)"])
        let bench = Workbench(try RedisBusUnderTest(on: server))
        await #expect(throws: BusError.readOnly(server: "127.0.0.1:\(server.port)")) {
            try await bench.transport.prepare([TestWork.topic])
        }
    }

    @Test("a server that is not there is waited for, and a drain ends the waiting")
    func absent() async throws {
        let nobody = RedisTransport(RedisEndpoint(host: "127.0.0.1", port: try freePort()))
        let consumer = Consumer(of: nobody, group: "workers", logger: Logger(label: "test"))
        try consumer.handle(EachOf(TestWork.self) { _ in .done })
        let run = Task { try await consumer.run() }
        try await eventually("it says that Redis is away") {
            consumer.health.problem?.contains("no connection") == true
        }
        #expect(!consumer.health.isReady)
        consumer.drain()
        try await run.value
        await nobody.close()
    }

    @Test(
        "bytes in the delayed set that are no message become a dead letter and hold up no retry",
        arguments: [
            [0xC1], Array("no message".utf8), [0x2A], [0x91, 0xA1, 0x78], [0x93, 0xA1, 0x78, 0xA1, 0x79, 0x01],
        ])
    func strangers(_ bytes: [UInt8]) async throws {
        let bus = try RedisBusUnderTest(on: try await TestRedis.shared())
        let bench = Workbench(bus)
        let delayed = "\(bus.namespace):delayed"
        try await bus.client.zadd(delayed, [RedisScoredMember(bytes, score: 0)])
        let seen = Record<Int>()
        let site = try bench.start {
            try $0.handle(
                EachOf(TestWork.self) { message in
                    seen.note(message.deliveries)
                    return message.deliveries == 1
                        ? .retry(after: .zero, because: TaskFault(.internal, "not yet")) : .done
                })
        }
        try await bench.publish([TestWork(1)])
        try await eventually("the message is tried again") { seen.count == 2 }
        try await eventually("nothing is delayed") { try await bus.client.zcard(delayed) == 0 }
        try await site.stop()
        let letter = try #require(try await bench.transport.deadLetters(.all, after: nil, limit: 2).first)
        #expect(letter.data == bytes && letter.code == "invalid_message" && letter.stream == delayed)
        #expect(letter.reason == "a member of the delayed set that is no message" && letter.time != nil)
    }

    @Test("a reply whose stream is a string becomes a dead letter, and its message is done")
    func unpublishable() async throws {
        let bus = try RedisBusUnderTest(on: try await TestRedis.shared())
        let bench = Workbench(bus)
        let reply = "\(bus.namespace):replies.mine"
        try await bus.client.set(reply, "not a stream")
        let site = try bench.start { consumer in
            try consumer.handle(
                EachOf(TestWork.self) {
                    .done(publish: [
                        try $0.causes(TestResult(1), type: "hone.reply.v1", to: reply), try $0.causes(TestResult(2)),
                    ])
                })
        }
        try await bench.publish([TestWork(1)])
        try await bench.untilIdle(TestWork.topic)
        try await eventually("the reply is kept") { try await bus.entries(of: bench.deadKey).count == 1 }
        let letter = try #require(try await bench.transport.deadLetters(.all, after: nil, limit: 1).first)
        #expect(letter.stream == reply)
        #expect(letter.reason.contains("WRONGTYPE"))
        #expect(try await bus.entries(of: bench.key(TestResult.topic)).count == 1)
        try await bus.client.del([reply])
        #expect(try await bench.transport.replay([letter.id]) == [letter.id])
        #expect(try await bus.entries(of: reply).count == 1)
        try await site.stop()
    }

    @Test("a delayed message that cannot go back holds up no other")
    func stuckDelayed() async throws {
        let bus = try RedisBusUnderTest(on: try await TestRedis.shared())
        let bench = Workbench(bus)
        try await bench.transport.prepare([TestWork.topic, TestResult.topic])
        try await bench.publish([TestWork(1)])
        try await bench.publish([TestResult(1)])
        let (worker, reader) = (bench.member("a"), bench.member("b", of: "readers"))
        let fault = TaskFault(.internal, "later")
        for (topic, member, due) in [(TestWork.topic, worker, -2.0), (TestResult.topic, reader, -1.0)] {
            let held = try await bench.fetch(topic, as: member)
            try await bench.transport.settle(
                held.map { Settlement($0, .retry(at: Date().addingTimeInterval(due), because: fault)) }, as: member)
        }
        try await bus.client.set(bench.key(TestWork.topic), "not a stream")
        _ = try await bench.transport.moveDue(at: Date(), limit: 10)
        let back = try await bench.fetch(TestResult.topic, as: reader)
        #expect(back.count == 1)
        #expect(try await bench.transport.depth(of: []).delayed == 1)
    }
}
