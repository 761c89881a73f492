import Foundation
import HoneStore
import Postgres
import Redis
import Synchronization
import TestServers
import Testing

@testable import Hone

@Suite("Bringing a stack up and down", .serialized, .timeLimit(.minutes(5)))
struct StackTests {
    /// Answers /readyz like a service, and leaves on SIGTERM.
    private static let service = """
        #!/bin/sh
        exec python3 -c '
        import http.server, os
        class Ready(http.server.BaseHTTPRequestHandler):
            def do_GET(self): self.send_response(200); self.end_headers()
            def log_message(self, *words): pass
        http.server.HTTPServer(("127.0.0.1", int(os.environ["HONE_METRICS_PORT"])), Ready).serve_forever()'
        """

    /// Runs `body` with a stack in a folder of its own, and takes it down whatever happens.
    private func withStack(
        _ services: [String: String] = [:], environment: [String: String] = [:],
        _ body: (Stack, Lines) async throws -> Void
    ) async throws {
        let scratch = try Scratch()
        for (name, script) in services { try scratch.file("hone-\(name)", script, isProgram: true) }
        let lines = Lines()
        let own = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? ""].merging(environment) { _, new in new }
        let stack = Stack(
            folder: StackFolder(root: scratch.path),
            binaries: ServiceBinaries(folder: scratch.path, keeper: try HoneProgram.path()), environment: own,
            report: lines.add)
        let result: Result<Void, any Error>
        do { result = .success(try await body(stack, lines)) } catch { result = .failure(error) }
        _ = try await stack.down()
        try result.get()
        withExtendedLifetime(scratch) {}
    }

    private let options = UpOptions(migrations: Scratch.migrations, patience: .seconds(30))

    @Test("private servers start on free ports, keep their data and their ports, and end with down")
    func survival() async throws {
        try await withStack { stack, _ in
            try await stack.up(options)
            let first = try StackState.load(from: stack.folder)
            let (redis, postgres) = (try #require(first.redis), try #require(first.postgres))
            let client = RedisClient(try RedisEndpoint(url: PrivateRedis.url(port: redis.port)))
            #expect(try await client.configGet("appendonly")["appendonly"] == "yes")
            #expect(try await client.configGet("maxmemory-policy")["maxmemory-policy"] == "noeviction")
            try await client.xadd("hone:tasks.submitted", [RedisField("data", "{}")])
            await client.close()
            try await write("create table kept (n int)", port: postgres.port)

            #expect(try await stack.down() == 2)
            #expect(!redis.isRunning && !postgres.isRunning)
            #expect(!FileManager.default.fileExists(atPath: stack.folder.environmentFile))

            try await stack.up(options)
            let second = try StackState.load(from: stack.folder)
            #expect(second.redis?.port == redis.port && second.postgres?.port == postgres.port)
            let again = RedisClient(try RedisEndpoint(url: PrivateRedis.url(port: redis.port)))
            #expect(try await again.xlen("hone:tasks.submitted") == 1)
            await again.close()
            try await write("insert into kept values (1)", port: postgres.port)
        }
    }

    private func write(_ sql: String, port: Int) async throws {
        let connection = try await PostgresConnection.open(url: PrivatePostgres.url(port: port))
        try await connection.execute(script: sql)
        await connection.close()
    }

    @Test("services come up, are left alone by a second up, and scale both ways")
    func services() async throws {
        try await withStack(["router": Self.service, "executor": Self.service]) { stack, lines in
            try await stack.up(options)
            let first = try StackState.load(from: stack.folder).services
            #expect(first.map(\.id) == ["router", "executor"])
            lines.clear()
            try await stack.up(options)
            #expect(lines.all.isEmpty)
            #expect(try StackState.load(from: stack.folder).services.map(\.process) == first.map(\.process))

            var more = options
            more.scale = ["executor": 3]
            try await stack.up(more)
            let scaled = try StackState.load(from: stack.folder).services
            #expect(scaled.map(\.id) == ["router", "executor", "executor-2", "executor-3"])
            #expect(
                Set(scaled.map(\.metricsPort)).count == 4 && scaled.map(\.process).starts(with: first.map(\.process)))
            #expect(
                await StackStatus.services(try StackState.load(from: stack.folder), in: stack.folder).allSatisfy(
                    \.isReady))
            more.scale = ["executor": 1]
            try await stack.up(more)
            #expect(try StackState.load(from: stack.folder).services.map(\.id) == ["router", "executor"])

            _ = try await stack.down(servicesOnly: true)
            let rest = try StackState.load(from: stack.folder)
            #expect(rest.services.isEmpty && rest.redis?.isRunning == true && rest.postgres?.isRunning == true)
        }
    }

    @Test("a gateway says where it is reached: the first where it is told to be, further ones elsewhere")
    func gateway() async throws {
        let wanted = try freePort()
        try await withStack(
            ["gateway": Self.service], environment: ["HONE_GATEWAY_PORT": "\(wanted)"]
        ) { stack, lines in
            var two = options
            two.scale = ["gateway": 2]
            try await stack.up(two)
            let state = try StackState.load(from: stack.folder)
            #expect(state.services.first?.address == "http://127.0.0.1:\(wanted)")
            #expect(
                lines.all.contains { $0.hasPrefix("gateway: started, http://127.0.0.1:\(wanted), metrics on port ") })
            let ports = state.services.flatMap { [$0.port, $0.metricsPort] }
            #expect(Set(ports).count == 4 && !ports.contains(nil))
            let shown = await StackStatus.services(state, in: stack.folder)
            #expect(shown.map(\.address) == state.services.map(\.address))
        }
    }

    @Test(
        "an address is one that this machine reaches",
        arguments: [
            ("127.0.0.1", "http://127.0.0.1:1"), ("0.0.0.0", "http://127.0.0.1:1"), ("::", "http://127.0.0.1:1"),
            ("::1", "http://[::1]:1"), ("hone.example", "http://hone.example:1"),
        ])
    func addresses(host: String, address: String) {
        #expect(GatewayDoor(host: host, port: 1).address == address)
    }

    @Test("a service that dies is started again, as often as it does, and does not outlive its keeper")
    func keeping() async throws {
        try await withStack(["router": Self.service]) { stack, _ in
            try await stack.up(options)
            let keeper = try #require(try StackState.load(from: stack.folder).services.first).process
            var last = try #require(stack.folder.process("router"))
            #expect(last != keeper)
            for _ in 0..<2 {
                last.signal(SIGKILL)
                try await eventually("another one is ready") {
                    let services = await StackStatus.services(
                        try StackState.load(from: stack.folder), in: stack.folder)
                    return services.allSatisfy(\.isReady) && services.first?.pid != last.pid
                }
                let next = try #require(stack.folder.process("router"))
                #expect(next.isRunning && next != last && keeper.isRunning)
                last = next
            }
            #expect(stack.folder.tail(of: "router").contains { $0.contains("ended (signal 9)") })
            keeper.signal(SIGKILL)
            #expect(try await last.ends(within: .seconds(20)))
        }
    }

    @Test("down ends a service with its keeper, and nothing starts it again")
    func leaving() async throws {
        try await withStack(["router": Self.service]) { stack, _ in
            try await stack.up(options)
            let service = try #require(stack.folder.process("router"))
            let keeper = try #require(try StackState.load(from: stack.folder).services.first).process
            #expect(try await stack.down(servicesOnly: true) == 1)
            #expect(!service.isRunning && !keeper.isRunning && stack.folder.process("router") == nil)
        }
    }

    @Test("a service that does not come up is shown with the end of its log, and down still ends the rest")
    func failure() async throws {
        try await withStack(["router": "#!/bin/sh\necho 'no such luck'\nexit 3\n"]) { (stack, _) async throws in
            let failure = await #expect(throws: StartFailure.self) { try await stack.up(options) }
            #expect(failure?.lines.first?.hasPrefix("router ended") == true)
            #expect(failure?.lines.last == "no such luck")
            #expect(try await stack.down() == 2)
        }
    }

    @Test("servers that the settings name are used and never touched")
    func outsideServers() async throws {
        let redis = try await TestRedis.start()
        let url = try await TestPostgres.shared().createDatabase()
        let outside = ["REDIS_URL": redis.url, "DATABASE_URL": url]
        try await withStack(["router": Self.service], environment: outside) { stack, _ in
            try await stack.up(options)
            let state = try StackState.load(from: stack.folder)
            #expect(state.redis == nil && state.postgres == nil)
            #expect(try await stack.down() == 1)
            let client = RedisClient(try RedisEndpoint(url: redis.url))
            #expect(try await client.xlen("hone:tasks.submitted") == 0)
            await client.close()
        }
    }

    @Test("another shell's up goes on with the settings that the stack has")
    func memory() async throws {
        let first = StackMemory(of: ["HONE_CONCURRENCY": "8", "OPENAI_API_KEY": "sk-hush", "PATH": "/bin"])
        #expect(first.settings == ["HONE_CONCURRENCY": "8"] && first.lines == ["HONE_CONCURRENCY=8"])
        #expect(!String(decoding: try JSONEncoder().encode(first), as: UTF8.self).contains("hush"))
        #expect(throws: CommandFault.self) { try first.completing([:]) }
        let given = ["OPENAI_API_KEY": "sk-hush", "HONE_CONCURRENCY": "9"]
        #expect(try first.completing(given)["HONE_CONCURRENCY"] == "9")
        #expect(try first.completing(["OPENAI_API_KEY": "sk-hush"])["HONE_CONCURRENCY"] == "8")
    }

    @Test("a process that got the number of one of ours is not ours")
    func identity() throws {
        let own = try #require(ProcessIdentity(of: getpid()))
        #expect(own.isRunning)
        let data = try JSONEncoder().encode(["pid": Int(getpid()), "startedAt": 1])
        #expect(try !JSONDecoder().decode(ProcessIdentity.self, from: data).isRunning)
    }
}

/// What a stack reported.
private final class Lines: Sendable {
    private let lines = Mutex<[String]>([])

    func add(_ line: String) { lines.withLock { $0.append(line) } }
    func clear() { lines.withLock { $0 = [] } }
    var all: [String] { lines.withLock { $0 } }
}
