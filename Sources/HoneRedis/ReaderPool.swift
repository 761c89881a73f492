import Redis
import Synchronization

/// Connections for fetches that wait: a blocked connection can do nothing else.
final class ReaderPool<Reader: RedisExecutor>: Sendable {
    private struct State {
        var idle: [Reader] = []
        var all: [Reader] = []
    }

    private let state = Mutex(State())

    /// Lends readers to `body`; `make` makes those that are missing.
    func withReaders<Result>(
        _ count: Int, _ make: () -> Reader, _ body: ([Reader]) async throws -> Result
    ) async throws -> Result {
        let readers = checkOut(count, make)
        defer { state.withLock { $0.idle += readers } }
        return try await body(readers)
    }

    func close() async {
        for reader in state.withLock({ $0.all }) { await reader.close() }
    }

    private func checkOut(_ count: Int, _ make: () -> Reader) -> [Reader] {
        state.withLock { state in
            while state.idle.count < count {
                let reader = make()
                state.idle.append(reader)
                state.all.append(reader)
            }
            defer { state.idle.removeLast(count) }
            return state.idle.suffix(count)
        }
    }
}
