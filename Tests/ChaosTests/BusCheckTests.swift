import ChaosKit
import Foundation
import Redis
import Testing

@Suite("The invariant checker finds what must not be in Redis", .timeLimit(.minutes(1)))
struct BusCheckTests {
    @Test("an entry that somebody holds for longer than the lease")
    func pending() async throws {
        var sound = try await SoundRecord()
        try await sound.redis.xgroupCreate("hone:tasks.completed", group: "evaluator")
        try await sound.redis.xadd("hone:tasks.completed", [RedisField("data", "{}")])
        _ = try await sound.redis.xreadgroup(
            group: "evaluator", consumer: "host-1-a", streams: ["hone:tasks.completed"], count: 1, block: nil)
        sound.evidence.lease = .seconds(600)
        #expect(try await sound.broken().isEmpty)
        sound.evidence.lease = .zero
        let finding = try #require(try await sound.broken()["no pending entry is older than the lease"])
        #expect(finding.violations == 1 && finding.examples[0].contains("host-1-a"))
    }

    @Test("a stream that keeps what is settled", arguments: ["hone:tasks.failed", "hone:stats.updated"])
    func growth(_ stream: String) async throws {
        let sound = try await SoundRecord()
        let entries = Array(repeating: RedisCommand.xadd(stream, [RedisField("data", "{}")]), count: 300)
        try await sound.redis.pipeline(entries)
        #expect(try await sound.broken().isEmpty)
        try await sound.redis.pipeline(entries + entries + entries + entries)
        let finding = try #require(try await sound.broken()["no stream grew without bound"])
        #expect(
            finding.examples == ["\(stream): 1500 entries, at most \(stream.hasSuffix("failed") ? 300 : 1200) expected"]
        )
    }

    @Test("a message that still waits in the delayed set")
    func delayed() async throws {
        let sound = try await SoundRecord()
        try await sound.redis.zadd("hone:delayed", [RedisScoredMember("x", score: 1)])
        #expect(try await sound.broken().keys.sorted() == ["the delayed set is empty"])
    }

    @Test(
        "a dead letter that does not say why, of what kind, from where or whose",
        arguments: ["dead_reason", "dead_code", "dead_stream", "dead_group"])
    func letters(_ missing: String) async throws {
        let sound = try await SoundRecord()
        let fields = ["dead_reason", "dead_code", "dead_stream", "dead_group"].map { RedisField($0, "x") }
        try await sound.redis.xadd("hone:dead", fields)
        #expect(try await sound.broken().isEmpty)
        try await sound.redis.xadd("hone:dead", fields.filter { $0.name != missing })
        let finding = try #require(
            try await sound.broken()["each dead letter carries its reason, code, stream and group"])
        #expect(finding.violations == 1 && finding.examples[0].hasSuffix("has no \(missing)"))
    }

    @Test("an unreadable message that vanished")
    func unreadable() async throws {
        var sound = try await SoundRecord()
        sound.evidence.published.append(
            PublishedTask(number: 7, id: SoundRecord.other, kind: .unreadable, replyTo: nil))
        #expect(try await sound.broken()["every unreadable message is a dead letter"]?.examples == ["chaos-7"])
        sound.evidence.deadLetters = ["chaos-7"]
        #expect(try await sound.broken().isEmpty)
    }

    @Test("a delayed message that came back twice, and one that never did")
    func foreign() async throws {
        var sound = try await SoundRecord()
        sound.evidence.delayed = 2
        let stream = "hone:replies.foreign"
        for number in ["1", "2"] { try await sound.redis.xadd(stream, [RedisField("number", number)]) }
        #expect(try await sound.broken().isEmpty)
        try await sound.redis.xadd(stream, [RedisField("number", "2")])
        #expect(try await sound.broken()["each message in the delayed set came back once"]?.violations == 1)
        sound.evidence.delayed = 5
        #expect(try await sound.broken()["each message in the delayed set came back once"]?.violations == 4)
    }
}
