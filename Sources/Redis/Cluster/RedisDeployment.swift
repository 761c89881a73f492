import Synchronization

/// What an endpoint leads to: one server, or a whole cluster. Which of them is asked at the first command and kept.
public final class RedisDeployment: RedisExecutor {
    public enum Kind: Sendable {
        case server(RedisClient)
        case cluster(RedisClusterClient)
    }

    public let endpoint: RedisEndpoint
    private let options: RedisOptions
    private let server: RedisClient
    private let known = Mutex<Kind?>(nil)

    public init(_ endpoint: RedisEndpoint, options: RedisOptions = .init()) {
        self.endpoint = endpoint
        self.options = options
        server = RedisClient(endpoint, options: options)
    }

    /// Asks the server when it is not known yet.
    ///
    /// Throws ``RedisError/invalidEndpoint(reason:)`` for a cluster's node with a database other than 0, and for several
    /// servers that are no cluster.
    public var kind: Kind {
        get async throws {
            if let kind = known.withLock({ $0 }) { return kind }
            let isCluster = try await isCluster()
            return known.withLock { kind in
                let found =
                    kind ?? (isCluster ? .cluster(RedisClusterClient(endpoint, options: options)) : .server(server))
                kind = found
                return found
            }
        }
    }

    @discardableResult
    public func send(_ command: RedisCommand) async throws -> RedisValue {
        try await executor.send(command)
    }

    @discardableResult
    public func pipeline(_ commands: [RedisCommand]) async throws -> [RedisValue] {
        try await executor.pipeline(commands)
    }

    public func close() async {
        await server.close()
        if case .cluster(let cluster) = known.withLock({ $0 }) { await cluster.close() }
    }

    /// The server, or every node of the cluster.
    public var servers: [RedisClient] {
        get async throws {
            switch try await kind {
            case .server(let client): [client]
            case .cluster(let client): try await client.nodes
            }
        }
    }

    private var executor: any RedisExecutor {
        get async throws {
            switch try await kind {
            case .server(let client): client
            case .cluster(let client): client
            }
        }
    }

    private func isCluster() async throws -> Bool {
        do {
            let isCluster = try await server.info("cluster")["cluster_enabled"] == "1"
            guard isCluster || endpoint.others.isEmpty else {
                throw RedisError.invalidEndpoint(
                    reason: "several hosts, and no Redis Cluster; name one, or sentinels with redis+sentinel://")
            }
            return isCluster
        } catch RedisError.server("SELECT", _, let message) where message.contains("cluster") {
            throw RedisError.invalidEndpoint(reason: "a Redis Cluster has database 0 only; leave the database out")
        } catch RedisError.server(_, "NOPERM", _) {
            return !endpoint.others.isEmpty
        }
    }
}
