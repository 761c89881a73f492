import HoneBus
import Redis

/// The Redis of Celery clients: one server, or whichever its sentinels name. Celery can use no cluster, hence neither
/// can we with it. Errors are ``BusError``.
struct CeleryServer: Sendable {
    private let endpoint: RedisEndpoint

    /// Throws when `url` is not one of a Redis server, or names several.
    init(url: String) throws {
        endpoint = try RedisEndpoint(url: url)
        guard endpoint.others.isEmpty else { throw noCluster }
    }

    func client(_ name: String) -> RedisClient { RedisClient(endpoint, options: RedisOptions(name: name)) }

    /// One question to the server. Throws ``BusError/unsupported(_:)`` for a cluster.
    func check(_ client: RedisClient) async throws {
        try await translating(keys: []) {
            guard try await isCluster(client) else { return }
            throw noCluster
        }
    }

    private var noCluster: BusError {
        .unsupported("\(endpoint.address) is a Redis Cluster, which Celery cannot use")
    }

    private func isCluster(_ client: RedisClient) async throws -> Bool {
        do {
            return try await client.info("cluster")["cluster_enabled"] == "1"
        } catch RedisError.server(_, "NOPERM", _) {
            return false
        } catch RedisError.server("SELECT", _, let message) where message.contains("cluster") {
            return true
        }
    }

    /// `keys` are those that `body` touches.
    func translating<Result>(keys: [String], _ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch RedisError.server(_, "CROSSSLOT", _), RedisError.server(_, "MOVED", _) {
            throw noCluster
        } catch let error as RedisError {
            throw BusError(error, server: endpoint.address, keys: keys)
        }
    }
}
