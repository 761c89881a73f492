import Redis
import TestServers
import Testing

@Suite("Blocking reads", .timeLimit(.minutes(1)))
struct BlockingTests {
    /// How many clients of the shared server wait in a blocking read.
    private func blockedClients(_ client: RedisClient) async throws -> Int {
        Int(try await client.info("clients")["blocked_clients"] ?? "") ?? 0
    }

    @Test("a blocked read wakes up as soon as there is an entry")
    func wakesUp() async throws {
        let server = try await TestRedis.start()
        defer { server.stop() }
        try await withClient(of: server) { writer in
            try await withClient(of: server) { reader in
                try await writer.xgroupCreate("s", group: "g")
                async let read = reader.xreadgroup(group: "g", consumer: "a", streams: ["s"], block: .seconds(30))
                try await eventually("the reader blocks") { try await blockedClients(writer) == 1 }
                let start = ContinuousClock.now
                let id = try await writer.xadd("s", [RedisField("n", "1")])
                #expect(try await read.first?.entries.map(\.id) == [id])
                #expect(ContinuousClock.now - start < .seconds(2))
            }
        }
    }

    @Test("a block time longer than the command time-out is honoured")
    func longerThanTimeout() async throws {
        try await withClient(RedisOptions(commandTimeout: .milliseconds(100))) { client in
            let key = unique("stream")
            try await client.xgroupCreate(key, group: "g")
            let start = ContinuousClock.now
            let read = try await client.xreadgroup(
                group: "g", consumer: "a", streams: [key], block: .milliseconds(400))
            #expect(read.isEmpty)
            #expect(ContinuousClock.now - start >= .milliseconds(390))
        }
    }

    @Test("a cancelled read returns at once, the server lets go of the reader, and the client goes on")
    func cancelled() async throws {
        let server = try await TestRedis.start()
        defer { server.stop() }
        try await withClient(of: server) { writer in
            try await withClient(of: server) { reader in
                try await writer.xgroupCreate("s", group: "g")
                let read = Task {
                    try await reader.xreadgroup(group: "g", consumer: "a", streams: ["s"], block: .seconds(30))
                }
                try await eventually("the reader blocks") { try await blockedClients(writer) == 1 }
                let start = ContinuousClock.now
                read.cancel()
                await #expect(throws: CancellationError.self) { _ = try await read.value }
                #expect(ContinuousClock.now - start < .seconds(2))
                try await eventually("nobody blocks") { try await blockedClients(writer) == 0 }
                try await writer.xadd("s", [RedisField("n", "1")])
                #expect(try await writer.xpending("s", group: "g").count == 0)
                let again = try await reader.xreadgroup(group: "g", consumer: "a", streams: ["s"])
                #expect(again.first?.entries.count == 1)
            }
        }
    }

    @Test("a caller that was cancelled before it asked asks nothing")
    func cancelledBefore() async throws {
        try await withClient { (client) async throws in
            let key = unique()
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                try await client.set(key, "v")
            }
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(try await client.get(key) == nil)
        }
    }

    @Test("closing ends a blocked read, and what comes after is told that the client is closed")
    func closing() async throws {
        let server = try await TestRedis.start()
        defer { server.stop() }
        try await withClient(of: server) { watcher in
            let client = RedisClient(try RedisEndpoint(url: server.url))
            let read = Task { try await client.xread(streams: [("s", "$")], block: .seconds(30)) }
            try await eventually("the reader blocks") { try await blockedClients(watcher) == 1 }
            await client.close()
            await #expect(throws: RedisError.self) { _ = try await read.value }
            let after = await errorOf { try await client.ping() }
            #expect(after == .closed(server: "127.0.0.1:\(server.port)"))
            await client.close()
        }
    }

    @Test("fifty blocked clients delay nobody else")
    func manyBlocked() async throws {
        let server = try await TestRedis.start()
        defer { server.stop() }
        let endpoint = try RedisEndpoint(url: server.url)
        let readers = (0..<50).map { _ in RedisClient(endpoint) }
        try await withClient(of: server) { client in
            let reads = readers.map { reader in
                Task { try await reader.xread(streams: [("s", "$")], block: .seconds(30)) }
            }
            try await eventually("all readers block") { try await blockedClients(client) == 50 }
            let start = ContinuousClock.now
            for _ in 0..<100 { try await client.ping() }
            #expect(ContinuousClock.now - start < .seconds(5))
            try await client.xadd("s", [RedisField("n", "1")])
            for read in reads { #expect(try await read.value.first?.entries.count == 1) }
        }
        for reader in readers { await reader.close() }
    }
}
