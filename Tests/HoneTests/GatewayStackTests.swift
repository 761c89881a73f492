import Foundation
import HTTP
import HoneCore
import TestServers
import Testing

@testable import Hone

@Suite("The gateway of a stack", .timeLimit(.minutes(5)))
struct GatewayStackTests {
    /// Runs `body` with a program whose stack is taken down whatever happens. `up` starts the gateway alone.
    private func withProgram(
        _ settings: [String: String], _ body: (_ program: HoneProgram, _ up: [String]) async throws -> Void
    ) async throws {
        let (scratch, redis) = (try Scratch(), try await TestRedis.start())
        let own = ["REDIS_URL": redis.url, "DATABASE_URL": try await TestRecord.url()]
        let program = HoneProgram(environment: own.merging(settings) { $1 }, folder: scratch.path)
        let folder = (try HoneProgram.path() as NSString).deletingLastPathComponent
        let others = ServiceBinaries(folder: folder, keeper: "").built.filter { $0 != "gateway" }
        let up = ["up", "--json", "--timeout", "30", "--dir", Scratch.migrations]
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(program, up + others.flatMap { ["--scale", "\($0)=0"] }))
        } catch {
            result = .failure(error)
        }
        _ = try await program.run("down")
        redis.stop()
        try result.get()
        withExtendedLifetime(scratch) {}
    }

    @Test("comes up with it, lets in who has a key for as long as the key holds, and ends with it")
    func life() async throws {
        try await withProgram(["HONE_AUTH": "on"]) { program, up in
            let started = try await program.run(up)
            try #require(started.status == 0, "\(started.complaints)")
            let address = try #require(try started.json(JSONValue.self)[0]?["address"]?.string)
            let service = try await program.run("status", "--json").json(JSONValue.self)["services"]?[0]
            #expect(service?["service"] == "gateway" && service?["ready"] == true)
            #expect(service?["address"]?.string == address)

            let client = HTTPClient(options: HTTPClientOptions(proxy: .none))
            func status(_ path: String, _ key: String? = nil) async throws -> Int {
                let headers = key.map { [HTTPHeader("Authorization", "Bearer \($0)")] } ?? []
                return try await client.send(HTTPRequest(url: address + path, headers: headers)).status
            }
            #expect(try await status("/readyz") == 200)
            #expect(try await status("/api/agents") == 401)
            let made = try await program.run("keys", "create", "--role", "viewer", "--json").json(JSONValue.self)
            let (id, key) = (try #require(made["id"]?.string), try #require(made["key"]?.string))
            #expect(try await status("/api/agents", key) == 200)
            #expect(try await status("/api/system/logs", key) == 403)
            #expect(try await program.run("keys", "revoke", id).status == 0)
            try await eventually("the key has ended", poll: .milliseconds(200)) {
                try await status("/api/agents", key) == 401
            }

            #expect(try await program.run("down").status == 0)
            await #expect(throws: (any Error).self) { try await status("/healthz") }
            await client.shutdown()
        }
    }

    @Test("does not come up open to the world, and says why")
    func open() async throws {
        try await withProgram(["HONE_GATEWAY_HOST": "0.0.0.0", "HONE_AUTH": "off"]) { program, up in
            let outcome = try await program.run(up)
            #expect(outcome.status == 1)
            #expect(outcome.complaints.contains("HONE_AUTH: expected on"), "\(outcome.complaints)")
        }
    }
}
