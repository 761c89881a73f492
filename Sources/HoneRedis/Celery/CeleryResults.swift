import Redis

/// Where Celery clients look for results: a key per task, and a channel of the same name.
///
/// Source: `celery/backends/redis.py` of Celery 5. Errors are ``BusError``.
public final class CeleryResults: Sendable {
    /// Of one task: its Celery id and the JSON that its client reads.
    public struct Entry: Sendable {
        public let taskID: String
        public let json: [UInt8]

        public init(taskID: String, json: [UInt8]) {
            self.taskID = taskID
            self.json = json
        }
    }

    private let server: CeleryServer
    private let expiry: Duration
    private let commands: RedisClient

    /// Connects when it is first used. Throws when `url` is not one of a Redis server.
    public init(url: String, expiry: Duration) throws {
        server = try CeleryServer(url: url)
        self.expiry = expiry
        commands = server.client("hone-celery-results")
    }

    /// Asks the server whether it will do. Throws ``BusError/unsupported(_:)`` for a Redis Cluster.
    public func check() async throws { try await server.check(commands) }

    /// Writes results and wakes who waits for them. A success that is there already stays as it is.
    public func write(_ entries: [Entry]) async throws {
        if entries.isEmpty { return }
        let keys = entries.map { "celery-task-meta-\($0.taskID)" }
        try await server.translating(keys: keys) {
            _ = try await commands.run(
                CeleryScripts.write, keys: keys,
                arguments: [RedisArgument(milliseconds: expiry)] + entries.map { .bytes($0.json) })
        }
    }

    public func close() async { await commands.close() }
}
