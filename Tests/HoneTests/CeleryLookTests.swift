import Foundation
import HoneCore
import HoneRedis
import Redis
import TestServers
import Testing

@testable import Hone

@Suite("The Celery bridge as an operator sees it", .timeLimit(.minutes(3)))
struct CeleryLookTests {
    /// A `hone` whose bridge reads a queue of its own on the shared server.
    private func program(_ queue: String, _ more: [String: String] = [:]) async throws -> HoneProgram {
        let own = [
            "REDIS_URL": try await TestRedis.shared().url, "DATABASE_URL": try await TestRecord.url(),
            "HONE_NAMESPACE": queue, "HONE_CELERY_QUEUE": queue,
        ]
        return HoneProgram(environment: own.merging(more) { $1 })
    }

    private func findings(_ program: HoneProgram) async throws -> [String: JSONValue] {
        let list = try await program.run("doctor", "--json").json(JSONValue.self)["findings"]?.array ?? []
        return Dictionary(list.map { ($0["subject"]?.string ?? "", $0) }) { first, _ in first }
    }

    @Test("status tells how much waits in the queue, and what is taken and not passed on")
    func status() async throws {
        let queue = "celery-\(UUID())"
        let client = RedisClient(try RedisEndpoint(url: try await TestRedis.shared().url))
        try await client.lpush(queue, ["a", "b"])
        try await client.lpush("\(queue)\u{6}\u{16}6", ["c"])
        try await client.zadd("\(queue):celery.taken.\(queue)", [RedisScoredMember("d", score: 1)])
        let program = try await program(queue)
        let json = try await program.run("status", "--json").json(JSONValue.self)
        #expect(json["celery"] == ["queue": .string(queue), "waiting": 3, "held": 1])
        let streams = json["bus"]?["streams"]?.array?.compactMap { $0["key"]?.string } ?? []
        #expect(streams.contains("\(queue):celery.received") && streams.contains("\(queue):replies.celery"))
        let text = try await program.run("status")
        #expect(
            text.status == 0 && text.output.contains("celery: 3 waiting, 1 taken and not passed on, queue \(queue)"))
        let found = try await findings(program)
        #expect(found["celery broker"]?["verdict"] == "ok" && found["celery results"]?["verdict"] == "ok")
        #expect(found["celery queue \(queue)"]?["verdict"] == "ok")
        #expect(found["consumer groups"]?["found"]?.string?.contains("router on \(queue):celery.received") == true)
        try await client.del([queue, "\(queue)\u{6}\u{16}6", "\(queue):celery.taken.\(queue)"])
        await client.close()
    }

    @Test("nothing is said of Celery where the bridge is off")
    func off() async throws {
        let program = try await program("celery-\(UUID())", ["HONE_CELERY_QUEUE": ""])
        #expect(try await program.run("status", "--json").json(JSONValue.self)["celery"] == .null)
        #expect(try await findings(program).keys.filter { $0.hasPrefix("celery") }.isEmpty)
    }

    @Test("a broker that does not answer is a fault of its own, without its password")
    func away() async throws {
        let url = "redis://:hush@127.0.0.1:\(try freePort())"
        let program = try await program("celery-\(UUID())", ["HONE_CELERY_BROKER_URL": url])
        let status = try await program.run("status", "--json")
        #expect(status.status == 1 && status.complaints.contains(url.replacing("redis://:hush@", with: "")))
        #expect(try status.json(JSONValue.self)["bus"] != .null && !status.complaints.contains("hush"))
        let found = try await findings(program)
        #expect(found["celery broker"]?["verdict"] == "wrong" && found["celery results"]?["verdict"] == "wrong")
        #expect(found["celery broker"]?["advice"]?.string?.contains("HONE_CELERY_BROKER_URL") == true)
        #expect(found["redis role"]?["verdict"] == "ok" && !"\(found)".contains("hush"))
    }

    @Test("an address that the stack has and this shell has not is asked for, not guessed")
    func forgotten() async throws {
        let scratch = try Scratch()
        var state = StackState()
        state.memory = StackMemory(of: ["HONE_CELERY_BROKER_URL": "redis://:hush@elsewhere"])
        let folder = StackFolder(root: scratch.path)
        try folder.create()
        try state.save(to: folder)
        var program = try await program("celery-\(UUID())")
        program.folder = scratch.path
        let status = try await program.run("status", "--json")
        #expect(status.status == 1)
        #expect(status.complaints.hasPrefix("hone: HONE_CELERY_BROKER_URL was set when the stack came up"))
        #expect(try status.json(JSONValue.self)["celery"] == .null)
        withExtendedLifetime(scratch) {}
    }

    @Test("the doctor says that Celery can use no cluster")
    func cluster() async throws {
        let cluster = try await TestRedisCluster.shared()
        let found = try await findings(try await program("celery-\(UUID())", ["REDIS_URL": cluster.url]))
        #expect(found["celery broker"]?["verdict"] == "wrong")
        #expect(
            found["celery broker"]?["found"]?.string?.contains("is a Redis Cluster, which Celery cannot use") == true)
    }

    @Test("a queue as long as the backlog may be is wrong, a tenth of it worth a look", arguments: [0, 200, 1_000])
    func backlog(_ waiting: Int) {
        let look = CeleryLook(queue: "q", depth: .init(waiting: waiting, held: 0))
        let verdict = CeleryExamination.backlog(look, most: 1_000).verdict
        #expect(verdict == (waiting == 0 ? .fine : waiting == 200 ? .doubtful : .wrong))
    }
}
