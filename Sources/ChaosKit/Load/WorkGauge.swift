import Postgres
import Redis

/// How much is still to be done, and how much is done. Survives whatever happens to the servers.
final class WorkGauge: Sendable {
    private let pool: PostgresPool
    private let redis: RedisClient

    init(databaseURL: String, redis: RedisClient) throws {
        var options = PoolOptions()
        options.maxConnections = 2
        options.connection.applicationName = "hone-chaos-gauge"
        pool = try PostgresPool(url: databaseURL, options: options)
        self.redis = redis
    }

    /// Open tasks and submissions that wait; nil while a server is away.
    func openWork() async -> Int? {
        let stream = "hone:tasks.submitted"
        guard let open = await openTasks(), let groups = try? await redis.xinfoGroups(stream),
            let length = try? await redis.xlen(stream)
        else { return nil }
        // Redis cannot always tell the lag, and after a restart it may count entries that are no more.
        return open + groups.reduce(0) { $0 + min($1.lag ?? length, length) }
    }

    func openTasks() async -> Int? {
        try? await pool.first(
            """
            select count(*) from agent_tasks where status in ('submitted', 'routed', 'running')
            """, as: Int.self)
    }

    /// Tasks per state; nil while Postgres is away.
    func states() async -> [String: Int]? {
        struct Row: Decodable {
            var status: String
            var count: Int
        }
        let rows = try? await pool.query(
            """
            select status, count(*) from agent_tasks group by status
            """, as: Row.self)
        return rows.map { Dictionary($0.map { ($0.status, $0.count) }) { $0 + $1 } }
    }

    func close() async { await pool.close() }
}

extension [String: Int] {
    /// Of tasks by state: those that are over.
    var finished: Int { filter { !["submitted", "routed", "running"].contains($0.key) }.values.reduce(0, +) }
}
