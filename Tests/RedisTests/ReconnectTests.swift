import Redis
import TestServers
import Testing

@Suite("Lost servers", .timeLimit(.minutes(2)))
struct ReconnectTests {
    @Test("a killed server fails what was on its way, and the next command finds it restarted")
    func restarted() async throws {
        let server = try await TestRedis.start()
        defer { server.stop() }
        try await withClient(of: server) { client in
            try await client.ping()
            let read = Task { try await client.xread(streams: [("s", "$")], block: .seconds(30)) }
            try await withClient(of: server) { other in
                try await eventually("the reader blocks") { try await other.info("clients")["blocked_clients"] == "1" }
            }
            server.kill()
            let lost = await errorOf { _ = try await read.value }
            guard case .disconnected(let address, _) = lost else {
                Issue.record("\(String(describing: lost))")
                return
            }
            #expect(address == "127.0.0.1:\(server.port)" && lost?.isTransient == true)
            try await server.restart()
            try await client.ping()
        }
    }

    @Test("an idle connection that the server has dropped is noticed before a command is lost on it")
    func droppedWhileIdle() async throws {
        let server = try await TestRedis.start()
        defer { server.stop() }
        try await withClient(of: server) { client in
            try await client.ping()
            try await server.restart()
            try await client.ping()
        }
    }

    @Test("a command issued while the server is away waits for it and is carried out once")
    func waits() async throws {
        let server = try await TestRedis.start()
        defer { server.stop() }
        try await withClient(of: server, RedisOptions(connectPatience: .seconds(30))) { client in
            try await client.ping()
            server.kill()
            let counted = Task { try await client.incr("k") }
            try await server.restart()
            #expect(try await counted.value == 1)
        }
    }

    @Test("a server that is not there fails the command after the patience, with the reason")
    func away() async throws {
        let port = try freePort()
        let client = RedisClient(
            RedisEndpoint(host: "127.0.0.1", port: port), options: RedisOptions(connectPatience: .milliseconds(200)))
        let start = ContinuousClock.now
        let error = await errorOf { try await client.ping() }
        #expect(error == .disconnected(server: "127.0.0.1:\(port)", reason: "Connection refused"))
        #expect((.milliseconds(190)...(.seconds(5))).contains(ContinuousClock.now - start))
        await client.close()
    }

    @Test("a frozen server makes the command time out, and answers again when it thaws")
    func frozen() async throws {
        let server = try await TestRedis.start()
        defer { server.stop() }
        let options = RedisOptions(commandTimeout: .milliseconds(200), connectPatience: .milliseconds(300))
        try await withClient(of: server, options) { client in
            try await client.ping()
            server.freeze()
            let error = await errorOf { _ = try await client.get("k") }
            #expect(error == .timedOut(server: "127.0.0.1:\(server.port)", command: "GET"))
            #expect(error?.isTransient == true)
            server.resume()
            try await client.ping()
        }
    }

    @Test("a server that accepts and says nothing is given up while logging in")
    func silentLogin() async throws {
        let server = try await TestRedis.start()
        defer { server.stop() }
        server.freeze()
        let options = RedisOptions(
            connectTimeout: .milliseconds(100), connectPatience: .milliseconds(150), name: "silent")
        try await withClient(of: server, options) { client in
            let error = await errorOf { try await client.ping() }
            guard case .disconnected = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            server.resume()
            try await client.ping()
        }
    }

    @Test("a user with a password gets in, a wrong password is said at once and never shown")
    func login() async throws {
        let server = try await TestRedis.start(arguments: ["--user", "kai", "on", ">se:cret", "~*", "+@all"])
        defer { server.stop() }
        let address = "127.0.0.1:\(server.port)"
        let client = RedisClient(
            try RedisEndpoint(url: "redis://kai:se%3Acret@\(address)/2"), options: RedisOptions(name: "my client"))
        #expect(try await client.send(RedisCommand("ACL WHOAMI")).string == "kai")
        let facts = try await client.send(RedisCommand("CLIENT INFO")).string
        #expect(facts?.contains("db=2") == true && facts?.contains("name=my-client") == true)
        await client.close()

        let stranger = RedisClient(try RedisEndpoint(url: "redis://kai:guess@\(address)"))
        let error = await errorOf { try await stranger.ping() }
        guard case .server("AUTH", "WRONGPASS", let message) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(!message.contains("guess"))
        await stranger.close()
    }

    @Test("a database that does not exist is said at once")
    func database() async throws {
        let url = try await TestRedis.shared().url
        let client = RedisClient(try RedisEndpoint(url: url + "/9999"))
        let error = await errorOf { try await client.ping() }
        guard case .server("SELECT", "ERR", _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        await client.close()
    }
}
