import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneRedis
import HoneService
import HoneStore

/// What `up` may be told.
struct UpOptions {
    /// By service; those not named stay as many as they are.
    var scale: [String: Int] = [:]
    var migrations: String
    var patience: Duration = .seconds(60)
}

extension Stack {
    /// Starts what is not running yet, and leaves alone what is. Each part is noted as soon as it runs, so that `down`
    /// finds it even when a later one fails.
    func up(_ options: UpOptions) async throws {
        try folder.create()
        let lock = try StackLock(folder)
        defer { withExtendedLifetime(lock) {} }
        var state = try StackState.load(from: folder)
        let isUp = state.services.contains(where: \.process.isRunning)
        let environment = try (isUp ? state.memory : StackMemory()).completing(environment)
        state.memory = StackMemory(of: environment)
        let own = try await SettingsSource(environment: environment, files: [folder.root + "/.env"])
        let redis = try await redisURL(own, &state)
        let postgres = try await databaseURL(own, &state)
        try writeEnvironment(["REDIS_URL=\(redis)", "DATABASE_URL=\(postgres)"] + state.memory.lines)
        let effective = environment.merging(["REDIS_URL": redis, "DATABASE_URL": postgres]) { _, ours in ours }
        let source = try await SettingsSource(environment: effective, files: [folder.root + "/.env"])
        try await prepare(Settings(source), options)
        state.scale.merge(options.scale) { _, new in new }
        try await ServiceFleet(stack: self, source: source, environment: effective, patience: options.patience)
            .start(&state)
    }

    private func redisURL(_ own: SettingsSource, _ state: inout StackState) async throws -> String {
        if let url = own.text("REDIS_URL") { return url }
        return try await url(of: PrivateRedis(folder: folder), \.redis, &state)
    }

    private func databaseURL(_ own: SettingsSource, _ state: inout StackState) async throws -> String {
        if let url = own.text("DATABASE_URL") { return url }
        return try await url(of: PrivatePostgres(folder: folder), \.postgres, &state)
    }

    /// Remembers what was started before anything else can fail.
    func note(_ name: String, _ process: ProcessIdentity, _ state: StackState) throws {
        try state.save(to: folder)
        try Data("\(process.pid)\n".utf8).write(to: URL(fileURLWithPath: folder.pidFile(name)))
    }

    private func writeEnvironment(_ lines: [String]) throws {
        try folder.writePrivately(Data(lines.map { $0 + "\n" }.joined().utf8), to: folder.environmentFile)
    }

    /// The tables and the consumer groups are there before the first service, so that no message passes it by.
    private func prepare(_ settings: Settings, _ options: UpOptions) async throws {
        for file in try await Store.migrate(settings.databaseURL.exposed, from: options.migrations) {
            report("migrate: applied \(file)")
        }
        if let flaw = try await Store.seal(settings.databaseURL.exposed) {
            report("the holdout is not sealed, so the optimizer does not start: \(flaw)")
        }
        let transport = try RedisTransport(settings: settings)
        do {
            try await transport.prepare(Topic.all)
            await transport.close()
        } catch {
            await transport.close()
            throw error
        }
    }
}
