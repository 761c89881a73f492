import Redis
import TestServers
import Testing

@Suite("Pipelining", .timeLimit(.minutes(1)))
struct PipelineTests {
    @Test("a thousand concurrent callers each get their own replies, in their own order")
    func concurrentCallers() async throws {
        try await withClient { client in
            let prefix = unique()
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for caller in 0..<1_000 {
                    group.addTask {
                        let key = "\(prefix):\(caller)"
                        for count in 1...5 where try await client.incr(key, by: caller) != count * caller {
                            return false
                        }
                        return try await client.send(RedisCommand("ECHO", ["\(caller)"])).int == caller
                    }
                }
                for try await isRight in group { #expect(isRight) }
            }
        }
    }

    @Test("a pipeline keeps the order, and an error stays at its place")
    func order() async throws {
        try await withClient { client in
            let key = unique()
            let commands = (0..<256).map { number in
                number == 100 ? RedisCommand.xlen(key) : RedisCommand("ECHO", ["\(number)"])
            }
            try await client.set(key, "v")
            let replies = try await client.pipeline(commands)
            #expect(replies.count == 256)
            for (number, reply) in replies.enumerated() where number != 100 { #expect(reply.int == number) }
            guard case .error(let text) = replies[100] else {
                Issue.record("\(replies[100])")
                return
            }
            #expect(text.hasPrefix("WRONGTYPE"))
        }
    }

    @Test("a value of many megabytes goes there and back")
    func large() async throws {
        try await withClient { client in
            let key = unique()
            let value = (0..<20_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            try await client.set(key, .bytes(value))
            #expect(try await client.get(key) == value)
            try await client.del([key])
        }
    }

    @Test("commands issued together share a write")
    func sharedFlush() async throws {
        let server = try await TestRedis.start()
        defer { server.stop() }
        try await withClient(of: server) { client in
            try await client.ping()
            server.freeze()
            let first = Task { try await client.ping() }
            let others = (0..<100).map { _ in Task { try await client.incr("k") } }
            server.resume()
            try await first.value
            for other in others { _ = try await other.value }
            #expect(try await client.get("k") == bytes("100"))
        }
    }
}
