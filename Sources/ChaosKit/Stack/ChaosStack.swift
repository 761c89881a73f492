import Foundation
import Postgres
public import ScriptedModel
public import TestServers

/// A whole Hone of processes, with servers of its own and a network that can be cut.
public final class ChaosStack: Sendable {
    public let redis: TestRedis
    public let postgres: TestPostgres
    public let models: ScriptedModel
    /// Where services reach Redis and Postgres; everybody else goes straight to the servers.
    let redisRelay: Relay
    let postgresRelay: Relay
    /// The record's address past the relay.
    public let databaseURL: String
    /// Logs of the services; goes with the stack unless something is worth looking at.
    public let folder: String
    let options: StackOptions
    let services: [SupervisedService]

    /// Starts the servers and fills the record; ``start()`` starts the services.
    public init(_ options: StackOptions, binaries: Binaries) async throws {
        self.options = options
        folder = FileManager.default.temporaryDirectory.path + "/hone-chaos-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        redis = try await TestRedis.start(
            arguments: [
                "--appendonly", "yes", "--appendfsync", "everysec", "--maxmemory-policy", "noeviction",
            ])
        postgres = try await TestPostgres.start(arguments: options.postgres)
        models = try await ScriptedModel.start(answering: Cast.answering())
        redisRelay = try Relay(to: redis.port)
        postgresRelay = try Relay(to: postgres.port)
        databaseURL = try await postgres.createDatabase()
        let database = databaseURL.replacing(":\(postgres.port)/", with: ":\(postgresRelay.port)/")
        let settings = options.settings.merging([
            "DATABASE_URL": database, "REDIS_URL": "redis://127.0.0.1:\(redisRelay.port)", "HONE_JUDGE_MODEL": "judge",
            // Never reached: that every call keeps it is what is tried.
            "HONE_DAILY_BUDGET_USD": "1000",
            "NO_PROXY": "127.0.0.1,localhost", "no_proxy": "127.0.0.1,localhost",
        ]) { own, _ in own }
        let words = ["-i", "--chdir=\(folder)"] + settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        services = try options.ids.map { [folder] id in
            let program = try binaries.path("hone-\(id.name)")
            return SupervisedService(id, command: words + [program], log: "\(folder)/\(id).log")
        }
        try await furnish(binaries)
    }

    private func furnish(_ binaries: Binaries) async throws {
        try await Migrations(directory: options.migrations).apply(toURL: databaseURL)
        let cast = "\(folder)/cast.yaml"
        try Cast.resources(modelURL: models.baseURL).write(toFile: cast, atomically: false, encoding: .utf8)
        let outcome = try await runProgram([
            "/usr/bin/env", "DATABASE_URL=\(databaseURL)", "REDIS_URL=\(redis.url)", try binaries.path("hone"), "apply",
            "-f", cast,
        ])
        guard outcome.status == 0 else { throw ServerFailure("hone apply: \(outcome.output)\(outcome.complaints)") }
    }

    public func start() throws {
        for service in services { try service.start() }
    }

    /// Starts what is gone again, until cancelled.
    func supervise() async throws {
        while !Task.isCancelled {
            for service in services { try service.supervise(pause: options.restartAfter) }
            try? await Task.sleep(for: .milliseconds(100))
        }
    }

    func service(_ id: ServiceID) -> SupervisedService? { services.first { $0.id == id } }

    /// Ends everything. The folder of logs stays when `keepingLogs`.
    public func end(keepingLogs: Bool = false) async {
        for service in services { service.end() }
        redisRelay.cut()
        postgresRelay.cut()
        await models.stop()
        redis.stop()
        postgres.stop()
        if !keepingLogs { try? FileManager.default.removeItem(atPath: folder) }
    }
}
