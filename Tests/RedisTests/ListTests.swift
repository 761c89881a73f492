import Redis
import TestServers
import Testing

@Suite("Lists", .timeLimit(.minutes(1)))
struct ListTests {
    @Test("elements go in at both ends, are counted and read, and come off the right end")
    func ends() async throws {
        try await withClient { (client) async throws in
            let key = unique("list")
            #expect(try await client.lpush(key, ["b", "a"]) == 2)
            #expect(try await client.rpush(key, [.bytes([0, 255]), 4]) == 4)
            #expect(try await client.lpush(key, []) == 4)
            #expect(try await client.rpush(unique(), []) == 0)
            #expect(try await client.lrange(key) == [bytes("a"), bytes("b"), [0, 255], bytes("4")])
            #expect(try await client.lrange(key, from: 1, to: -3) == [bytes("b")])
            #expect(try await client.rpop(key, count: 3) == [bytes("4"), [0, 255], bytes("b")])
            #expect(try await client.rpop(key, count: 3) == [bytes("a")])
            #expect(try await client.rpop(key, count: 3).isEmpty)
            #expect(try await client.llen(key) == 0)
        }
    }

    @Test("an element moves between lists, and in a circle")
    func moves() async throws {
        try await withClient { (client) async throws in
            let (from, to) = (unique("from"), unique("to"))
            try await client.rpush(from, ["1", "2", "3"])
            #expect(try await client.lmove(from: from, .right, to: to, .left) == bytes("3"))
            #expect(try await client.lmove(from: from, .left, to: to, .right) == bytes("1"))
            #expect(try await client.lrange(to) == [bytes("3"), bytes("1")])
            #expect(try await client.lmove(from: to, .left, to: to, .right) == bytes("3"))
            #expect(try await client.lrange(to) == [bytes("1"), bytes("3")])
            #expect(try await client.lmove(from: unique(), .left, to: to, .left) == nil)
        }
    }

    @Test("a move waits for an element, as long as it was told to")
    func blocking() async throws {
        try await withClient { (reader) async throws in
            try await withClient { (writer) async throws in
                let (from, to) = (unique("from"), unique("to"))
                let start = ContinuousClock.now
                #expect(try await reader.lmove(from: from, .right, to: to, .left, block: .milliseconds(200)) == nil)
                #expect(ContinuousClock.now - start >= .milliseconds(190))
                async let moved = reader.lmove(from: from, .right, to: to, .left, block: .seconds(30))
                try await writer.lpush(from, ["x"])
                #expect(try await moved == bytes("x"))
                #expect(try await writer.llen(from) == 0)
                #expect(try await writer.llen(to) == 1)
            }
        }
    }

    @Test("a move to where the element was wakes up everybody who waits and changes nothing")
    func waitingInPlace() async throws {
        let server = try await TestRedis.start()
        defer { server.stop() }
        try await withClient(of: server) { (writer) async throws in
            let readers = try (0..<3).map { _ in RedisClient(try RedisEndpoint(url: server.url)) }
            let waits = readers.map { reader in
                Task { try await reader.lmove(from: "q", .right, to: "q", .right, block: .seconds(30)) }
            }
            try await eventually("all wait") { try await writer.info("clients")["blocked_clients"] == "3" }
            try await writer.lpush("q", ["1"])
            for wait in waits { #expect(try await wait.value == bytes("1")) }
            #expect(try await writer.lrange("q") == [bytes("1")])
            for reader in readers { await reader.close() }
        }
    }
}
