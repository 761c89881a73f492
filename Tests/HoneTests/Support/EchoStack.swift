import Foundation
import HTTP
import HoneCore
import Postgres
import Redis
import TestServers

@testable import Hone

/// Routers and executors of `hone up` on servers of a test's own, with agents that echo.
struct EchoStack {
    let program: HoneProgram
    let client: RedisClient
    let database: PostgresPool
    private let scratch: Scratch
    private let redis: TestRedis
    private let http = HTTPClient(options: HTTPClientOptions(proxy: .none))

    /// Runs `body` with a stack that is up, and takes it down whatever happens.
    static func run(_ body: (EchoStack) async throws -> Void) async throws {
        let stack = try await EchoStack()
        let result: Result<Void, any Error>
        do {
            try await stack.up()
            result = .success(try await body(stack))
        } catch {
            result = .failure(error)
        }
        _ = try await stack.program.run("down")
        await stack.http.shutdown()
        await stack.client.close()
        await stack.database.close()
        stack.redis.stop()
        try result.get()
    }

    private init() async throws {
        (scratch, redis) = (try Scratch(), try await TestRedis.start())
        let url = try await TestRecord.url()
        client = RedisClient(try RedisEndpoint(url: redis.url))
        database = try PostgresPool(url: url)
        program = HoneProgram(
            environment: [
                "REDIS_URL": redis.url, "DATABASE_URL": url, "HONE_CONCURRENCY": "4", "HONE_LOG_LEVEL": "warning",
            ], folder: scratch.path)
    }

    private func up() async throws {
        try await expectSuccess(program.run("apply", "-f", Scratch.repository + "/infra/bench/echo.yaml"))
        // What else is built has no part in it.
        let folder = (try HoneProgram.path() as NSString).deletingLastPathComponent
        let others = Set(ServiceBinaries(folder: folder, keeper: "").built).subtracting(["router", "executor"])
        let scale = others.sorted().flatMap { ["--scale", "\($0)=0"] }
        try await expectSuccess(program.run(["up", "--dir", Scratch.migrations] + scale))
    }

    /// `hone scale executor=n`, until all of them are ready.
    func scale(executors: Int) async throws {
        try await expectSuccess(program.run("scale", "executor=\(executors)", "--dir", Scratch.migrations))
    }

    private func expectSuccess(_ outcome: HoneProgram.Outcome) throws {
        guard outcome.status == 0 else { throw ServerFailure(outcome.complaints + outcome.output) }
    }

    func publish(_ count: Int) async throws {
        let data = #"{"input":"x","category":"echo"}"#
        try await client.pipeline((0..<count).map { _ in .xadd("hone:tasks.submitted", [RedisField("data", data)]) })
    }

    func completed() async throws -> Int {
        try await database.first(
            "select count(*)::bigint as n from agent_tasks where status = 'completed'", as: Int.self) ?? 0
    }

    /// Attempts on record.
    func attempts() async throws -> Int {
        try await database.first("select count(*)::bigint as n from executions", as: Int.self) ?? 0
    }

    /// How many messages each executor that is up has done, by its name.
    func doneByExecutor() async throws -> [String: Int] {
        let services = try await program.run("status", "--json").json(JSONValue.self)["services"]?.array ?? []
        var done: [String: Int] = [:]
        for service in services {
            guard let id = service["service"]?.string, id.hasPrefix("executor"), let port = service["metrics_port"]?.int
            else { continue }
            let metrics = try await http.send(HTTPRequest(url: "http://127.0.0.1:\(port)/metrics"))
            done[id] = String(decoding: metrics.body, as: UTF8.self).split(separator: "\n")
                .filter { $0.hasPrefix("hone_handler_outcomes_total{") && $0.contains(#"outcome="done""#) }
                .compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }.reduce(0, +)
        }
        return done
    }
}
