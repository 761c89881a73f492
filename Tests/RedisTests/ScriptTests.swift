import Redis
import TestServers
import Testing

@Suite("Scripts and transactions", .timeLimit(.minutes(1)))
struct ScriptTests {
    private let script = RedisScript("return {KEYS[1], ARGV[1], redis.call('incr', KEYS[1])}")

    @Test("a script that the server has forgotten is sent again")
    func reload() async throws {
        let server = try await TestRedis.start()
        defer { server.stop() }
        try await withClient(of: server) { client in
            for count in 1...3 {
                let reply = try await client.run(script, keys: ["k"], arguments: [7])
                #expect(reply == .array([.bulk(bytes("k")), .bulk(bytes("7")), .integer(Int64(count))]))
                if count == 2 { try await client.send(RedisCommand("SCRIPT FLUSH")) }
            }
        }
    }

    @Test("a loaded script runs inside a transaction")
    func inTransaction() async throws {
        try await withClient { client in
            let key = unique()
            try await client.load(script)
            let replies = try await client.transaction([.evalsha(script, keys: [key], arguments: ["x"]), .get(key)])
            #expect(replies.last == .bulk(bytes("1")))
        }
    }

    @Test("an error inside a script names the script's command")
    func failing() async throws {
        try await withClient { client in
            let error = await errorOf { try await client.run(RedisScript("return redis.error_reply('ODD no')")) }
            #expect(error == .server(command: "EVAL", code: "ODD", message: "no"))
        }
    }

    @Test("a transaction carries out all of its commands in one step")
    func transaction() async throws {
        try await withClient { client in
            let key = unique()
            let replies = try await client.transaction([.set(key, "1"), .incr(key, by: 4), .get(key)])
            #expect(replies == [.simple("OK"), .integer(5), .bulk(bytes("5"))])
        }
    }

    @Test("a transaction whose command cannot be queued does nothing and names the command")
    func refusedAtQueueing() async throws {
        try await withClient { (client) async throws in
            let key = unique()
            let error = await errorOf {
                try await client.transaction([.set(key, "1"), RedisCommand("NOSUCH", ["hush"])])
            }
            guard case .server("NOSUCH", "ERR", let message) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(!message.contains("hush"))
            #expect(try await client.get(key) == nil)
            #expect(try await client.transaction([.set(key, "2")]) == [.simple("OK")])
        }
    }

    @Test("a command that fails inside a transaction is thrown, while the others are done")
    func failsInside() async throws {
        try await withClient { (client) async throws in
            let key = unique()
            let error = await errorOf {
                try await client.transaction([.set(key, "1"), .xlen(key), .incr(key)])
            }
            guard case .server("XLEN", "WRONGTYPE", _) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(try await client.get(key) == bytes("2"))
        }
    }
}
