import Foundation
import Postgres
import Redis
import Synchronization
import TestServers

/// Makes faults happen to a stack.
final class Injector: Sendable {
    /// What was read out of Redis just before it went, and what was put into it.
    struct Harvest {
        var flushes = 0
        var replies: [ReplySeen] = []
        var deadLetters: [String] = []
        var delayed = 0
    }

    private let stack: ChaosStack
    private let redis: RedisClient
    private let recovery: RecoveryWatch
    private let harvest = Mutex(Harvest())

    init(_ stack: ChaosStack, redis: RedisClient, recovery: RecoveryWatch) {
        self.stack = stack
        self.redis = redis
        self.recovery = recovery
    }

    var harvested: Harvest { harvest.withLock { $0 } }

    /// Returns when the fault is over; what it takes to recover is watched beyond that.
    func inject(_ fault: Fault, _ place: Int) async throws {
        switch fault {
        case .kill(let id): kill(id, place)
        case .freeze(let id, let seconds): try await freeze(id, seconds, place)
        case .restartRedis: try await outage(place) { try await self.stack.redis.restart() }
        case .killRedis:
            try await outage(place) {
                self.stack.redis.kill()
                try await self.stack.redis.restart()
            }
        case .restartPostgres: try await outage(place) { try await self.restartPostgres() }
        case .killPostgres:
            try await outage(place) {
                self.stack.postgres.kill()
                try await self.restartPostgres()
            }
        case .flushAll: try await outage(place) { try await self.flushAll() }
        case .terminateSessions: try await outage(place) { try await self.terminateSessions() }
        case .dropClients:
            try await outage(place) { _ = try await redisCLI(self.stack.redis.port, ["CLIENT KILL TYPE normal"]) }
        case .cut(let server, let seconds): try await cut(server, seconds, place)
        case .fillDelayed(let count): try await fillDelayed(count)
        }
    }

    private func kill(_ id: ServiceID, _ place: Int) {
        guard let pid = stack.service(id)?.kill(restartAfter: stack.options.restartAfter) else { return }
        recovery.watchMessages(of: pid, place)
    }

    private func freeze(_ id: ServiceID, _ seconds: Double, _ place: Int) async throws {
        guard let service = stack.service(id), let pid = service.freeze() else { return }
        recovery.watchMessages(of: pid, place)
        try? await Task.sleep(for: .seconds(seconds))
        service.thaw(pid)
    }

    private func cut(_ server: Fault.Server, _ seconds: Double, _ place: Int) async throws {
        let relay = server == .redis ? stack.redisRelay : stack.postgresRelay
        relay.cut()
        try? await Task.sleep(for: .seconds(seconds))
        try await outage(place) { try relay.heal() }
    }

    /// `heal` brings back what is away; from then on it is watched how long work takes to move again.
    private func outage(_ place: Int, _ heal: () async throws -> Void) async throws {
        try await heal()
        await recovery.watchProgress(place)
    }

    /// A killed server leaves children behind for a moment, and a successor does not start beside them.
    private func restartPostgres() async throws {
        for _ in 0..<20 {
            if (try? await stack.postgres.restart()) != nil { return }
            try await Task.sleep(for: .milliseconds(250))
        }
        try await stack.postgres.restart()
    }

    private func terminateSessions() async throws {
        let connection = try await PostgresConnection.open(url: stack.databaseURL, options: .patient)
        _ = try await connection.query(
            """
            select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and application_name like 'hone-%' and application_name not like
                'hone-chaos-%'
            """, as: Bool.self)
        await connection.close()
    }

    /// Publishers have read their replies, and people their dead letters, up to the very moment.
    private func flushAll() async throws {
        let last = try await readAndFlush()
        let (replies, letters) = (last[0].streamEntries, last[1].streamEntries)
        harvest.withLock { harvest in
            harvest.flushes += 1
            harvest.replies += replies.compactMap(ReplySeen.init)
            harvest.deadLetters += letters.compactMap { $0.text("id") }
        }
    }

    /// Another fault may just have taken the server.
    private func readAndFlush() async throws -> RedisArray {
        let commands: [RedisCommand] = [.xrange(PublishedTask.replies), .xrange("hone:dead"), .flushall]
        for _ in 0..<300 {
            if let replies = try? await redis.transaction(commands) { return replies }
            try await Task.sleep(for: .milliseconds(100))
        }
        return try await redis.transaction(commands)
    }

    private func fillDelayed(_ count: Int) async throws {
        let first = harvest.withLock { harvest in
            defer { harvest.delayed += count }
            return harvest.delayed
        }
        try await Foreign.fill(stack.redis.port, first: first, count: count)
    }
}
