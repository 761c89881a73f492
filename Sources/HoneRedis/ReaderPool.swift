import Redis
import Synchronization

/// Connections for fetches that wait: a blocked connection can do nothing else.
final class ReaderPool: Sendable {
    private struct State {
        var idle: [RedisClient] = []
        var all: [RedisClient] = []
    }

    private let endpoint: RedisEndpoint
    private let name: String
    private let state = Mutex(State())

    init(_ endpoint: RedisEndpoint, name: String) {
        self.endpoint = endpoint
        self.name = name
    }

    func withReader<Result>(_ body: (RedisClient) async throws -> Result) async throws -> Result {
        let reader = checkOut()
        defer { state.withLock { $0.idle.append(reader) } }
        return try await body(reader)
    }

    /// A connection of its own for someone who keeps it.
    func newReader() -> RedisClient {
        RedisClient(endpoint, options: RedisOptions(name: name))
    }

    func close() async {
        for reader in state.withLock({ $0.all }) { await reader.close() }
    }

    private func checkOut() -> RedisClient {
        state.withLock { state in
            if let reader = state.idle.popLast() { return reader }
            let reader = newReader()
            state.all.append(reader)
            return reader
        }
    }
}
