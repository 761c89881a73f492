import Foundation
import HoneBus
import HoneRedis
import Redis
import TestServers
import Testing

@Suite("The Celery queue", .timeLimit(.minutes(1)))
struct CeleryQueueTests {
    private static let lease: Duration = .seconds(60)

    /// A queue of its own name on the shared server, and a client to look at it with.
    private func withQueue(_ body: (CeleryQueue, RedisClient, String) async throws -> Void) async throws {
        let (url, name) = (try await TestRedis.shared().url, "celery-\(UUID())")
        let (queue, client) = (
            try CeleryQueue(url: url, name: name, namespace: "t"), RedisClient(try RedisEndpoint(url: url))
        )
        do {
            try await body(queue, client, name)
        } catch {
            await queue.close()
            await client.close()
            throw error
        }
        await queue.close()
        await client.close()
    }

    private func take(_ queue: CeleryQueue, _ limit: Int = 10, lease: Duration = lease) async throws -> [String] {
        try await queue.take(limit: limit, lease: lease).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test("the most urgent step comes first, and within a step what was sent first")
    func order() async throws {
        try await withQueue { queue, client, name in
            for (step, message) in [("9", "late"), ("6", "later"), ("3", "soon")] {
                try await client.lpush("\(name)\u{6}\u{16}\(step)", [.string(message)])
            }
            for message in ["one", "two"] { try await client.lpush(name, [.string(message)]) }
            #expect(try await take(queue, 3) == ["one", "two", "soon"])
            #expect(try await take(queue) == ["later", "late"])
            #expect(try await take(queue).isEmpty)
        }
    }

    @Test("what a taker did not pass on comes to the next one, what it did is gone")
    func abandoned() async throws {
        try await withQueue { queue, client, name in
            try await client.lpush(name, ["lost", "passed on"])
            #expect(try await take(queue, lease: .milliseconds(50)) == ["passed on", "lost"].reversed())
            try await queue.remove([Array("passed on".utf8)])
            #expect(try await client.llen(name) == 0)
            let next = try CeleryQueue(url: try await TestRedis.shared().url, name: name, namespace: "t")
            try await eventually("the lease runs out") { try await take(next) == ["lost"] }
            #expect(try await take(next).isEmpty)
            await next.close()
        }
    }

    @Test("a postponed message comes when its time has come and not before")
    func postponed() async throws {
        try await withQueue { queue, client, name in
            try await client.lpush(name, ["x"])
            let time = Date() + 0.4
            try await queue.postpone([(try #require(try await queue.take(limit: 1, lease: Self.lease).first), time)])
            try await eventually("the message comes") { try await take(queue) == ["x"] }
            #expect(Date() >= time)
        }
    }

    @Test("waiting ends with the first message, and leaves it there")
    func waiting() async throws {
        try await withQueue { queue, client, name in
            async let wait: Void = queue.wait(atMost: .seconds(30))
            try await client.lpush(name, ["x"])
            try await wait
            #expect(try await take(queue) == ["x"])
        }
    }

    @Test("a key that is no list is named")
    func wrongType() async throws {
        try await withQueue { queue, client, name in
            try await client.set(name, "text")
            let fault = await #expect(throws: BusError.self) { try await queue.take(limit: 1, lease: Self.lease) }
            guard case .wrongType(let key) = fault else {
                Issue.record("\(String(describing: fault))")
                return
            }
            #expect(key.contains(name))
        }
    }

    @Test("an address that is none is refused at once")
    func address() {
        #expect(throws: RedisError.self) { try CeleryQueue(url: "amqp://rabbit", name: "celery", namespace: "t") }
        #expect(throws: RedisError.self) { try CeleryResults(url: "rpc://", expiry: .seconds(1)) }
    }
}

@Suite("The Celery results", .timeLimit(.minutes(1)))
struct CeleryResultsTests {
    private func entry(_ id: String, _ json: String) -> CeleryResults.Entry {
        .init(taskID: id, json: Array(json.utf8))
    }

    @Test("each result is kept for its time; a failure may be replaced, a success stands")
    func writing() async throws {
        let (url, id) = (try await TestRedis.shared().url, UUID().uuidString)
        let (results, client) = (
            try CeleryResults(url: url, expiry: .seconds(100)), RedisClient(try RedisEndpoint(url: url))
        )
        let texts = [#"{"status":"FAILURE","n":1}"#, #"{"status":"SUCCESS","n":2}"#, #"{"status":"FAILURE","n":3}"#]
        for (text, kept) in zip(texts, [texts[0], texts[1], texts[1]]) {
            try await results.write([entry(id, text), entry("other-\(id)", "not JSON")])
            #expect(try await client.get("celery-task-meta-\(id)") == Array(kept.utf8))
            #expect(try await client.get("celery-task-meta-other-\(id)") == Array("not JSON".utf8))
        }
        let left = try await client.send(RedisCommand("TTL", ["celery-task-meta-\(id)"])).int ?? 0
        #expect((1...100).contains(left))
        try await results.write([])
        await results.close()
        await client.close()
    }
}
