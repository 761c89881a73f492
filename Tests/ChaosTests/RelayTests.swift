import ChaosKit
import Redis
import TestServers
import Testing

@Suite("A network that can be cut", .timeLimit(.minutes(1)))
struct RelayTests {
    @Test("bytes pass both ways; a cut drops connections and refuses new ones, until it heals")
    func cutting() async throws {
        let server = try await TestRedis.start()
        let relay = try Relay(to: server.port)
        let client = RedisClient(
            RedisEndpoint(host: "127.0.0.1", port: relay.port),
            options: RedisOptions(connectPatience: .milliseconds(100), longestBackoff: .milliseconds(20)))
        let text = String(repeating: "x", count: 300_000)
        try await client.set("key", .string(text))
        #expect(try await client.get("key")?.count == 300_000)
        relay.cut()
        await #expect(throws: RedisError.self) { try await client.ping() }
        await #expect(throws: RedisError.self) { try await client.ping() }
        try relay.heal()
        try await eventually("it is reached again") { (try? await client.ping()) != nil }
        server.stop()
        await #expect(throws: RedisError.self) { try await client.ping() }
        await client.close()
    }
}
