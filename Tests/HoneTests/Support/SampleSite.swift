import Foundation
import Postgres
import TestServers

@testable import Hone

/// A whole stack on servers of its own that does the sample job of `make run`.
struct SampleSite {
    let program: HoneProgram
    let database: PostgresPool
    private let url: String
    private let scratch: Scratch
    private let redis: TestRedis

    /// Runs `body` with a site, and takes down what is left of it whatever happens.
    static func open<Value>(
        _ settings: [String: String], _ body: (SampleSite) async throws -> Value
    ) async throws -> Value {
        let site = try await SampleSite(settings)
        let result: Result<Value, any Error>
        do { result = .success(try await body(site)) } catch { result = .failure(error) }
        _ = try await site.program.run("down")
        await site.database.close()
        site.redis.stop()
        return try result.get()
    }

    private init(_ settings: [String: String]) async throws {
        (scratch, redis) = (try Scratch(), try await TestRedis.start())
        url = try await TestRecord.url()
        database = try PostgresPool(url: url)
        let own = [
            "REDIS_URL": redis.url, "DATABASE_URL": url, "HONE_CONCURRENCY": "4", "HONE_LOG_LEVEL": "warning",
            "HONE_JUDGE_FORM": "forced", "HONE_JUDGE_SAMPLE_RATE": "0.3", "HONE_REVIEW_RATE": "0.5",
        ]
        program = HoneProgram(environment: own.merging(settings) { $1 }, folder: scratch.path)
    }

    /// Brings the stack up, does the job, and takes the stack down again, which drains it.
    func doSampleJob(tasks: Int, session: String) async throws {
        let samples = Scratch.repository + "/infra/samples"
        try await expectSuccess(program.run("apply", "-f", samples))
        try await expectSuccess(
            program.run("up", "--dir", Scratch.migrations, "--scale", "gateway=0", "--scale", "executor=2"))
        let job = try await runProgram([
            "python3", samples + "/job.py", "--redis", program.environment["REDIS_URL"] ?? "",
            "--database", url,
            "--hone", try HoneProgram.path(), "--tasks", "\(tasks)", "--session", session, "--limit", "120",
            "--settle", "120",
        ])
        guard job.status == 0 else { throw ServerFailure(job.complaints + job.output) }
        try await expectSuccess(program.run("down"))
    }

    func expectSuccess(_ outcome: HoneProgram.Outcome) throws {
        guard outcome.status == 0 else { throw ServerFailure(outcome.complaints + outcome.output) }
    }

    /// Every row that the job made, a line each, without what says when.
    func rows() async throws -> [String] {
        let script = Scratch.repository + "/infra/scripts/replay.sql"
        let outcome = try await runProgram(["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", url, "-f", script])
        guard outcome.status == 0 else { throw ServerFailure(outcome.complaints) }
        return outcome.output.split(separator: "\n").map(String.init)
    }

    func count(_ table: String) async throws -> Int {
        try await database.first("select count(*) from \(identifier: table)", as: Int.self) ?? 0
    }
}
