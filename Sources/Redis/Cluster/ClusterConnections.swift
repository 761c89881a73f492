import Synchronization

/// One client per node, made when it is first asked for.
final class ClusterConnections: Sendable {
    private struct State {
        var clients: [RedisAddress: RedisClient] = [:]
        var isClosed = false
    }

    private let seed: RedisEndpoint
    private let options: RedisOptions
    private let state = Mutex(State())

    /// All nodes take the login of `seed`.
    init(_ seed: RedisEndpoint, options: RedisOptions) {
        self.seed = seed
        var options = options
        // A command that waits for a node that is gone should soon ask who has taken its place.
        options.connectPatience = min(options.connectPatience, .milliseconds(500))
        self.options = options
    }

    func client(of node: RedisAddress) throws(RedisError) -> RedisClient {
        let client: RedisClient? = state.withLock { state in
            if state.isClosed { return nil }
            if let client = state.clients[node] { return client }
            let client = RedisClient(seed.at(node), options: options)
            state.clients[node] = client
            return client
        }
        guard let client else { throw .closed(server: seed.address) }
        return client
    }

    /// The nodes that were asked so far.
    var known: [RedisAddress: RedisClient] { state.withLock { $0.clients } }

    func close() async {
        let clients = state.withLock { state in
            defer { state = State(isClosed: true) }
            return state.clients.values
        }
        for client in clients { await client.close() }
    }
}
