import Redis
import Synchronization

/// Connections for those who wait: a blocked connection can do nothing else. On a cluster each belongs to a slot, so
/// that it stays with the node of that slot.
final class ReaderPool<Reader: RedisExecutor>: Sendable {
    private struct State {
        var idle: [KeySlot?: [Reader]] = [:]
        var all: [Reader] = []
    }

    private let state = Mutex(State())

    /// Lends `body` a reader for each slot; `make` makes those that are missing.
    func withReaders<Result>(
        _ slots: [KeySlot?], _ make: () -> Reader, _ body: ([Reader]) async throws -> Result
    ) async throws -> Result {
        let readers = slots.map { checkOut($0, make) }
        defer {
            state.withLock { state in
                for (slot, reader) in zip(slots, readers) { state.idle[slot, default: []].append(reader) }
            }
        }
        return try await body(readers)
    }

    func close() async {
        for reader in state.withLock({ $0.all }) { await reader.close() }
    }

    private func checkOut(_ slot: KeySlot?, _ make: () -> Reader) -> Reader {
        state.withLock { state in
            if let reader = state.idle[slot]?.popLast() { return reader }
            let reader = make()
            state.all.append(reader)
            return reader
        }
    }
}
