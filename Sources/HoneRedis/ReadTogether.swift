import Redis
import Synchronization

extension RedisClusterClient {
    /// Reads that wait at several nodes at once, each with a reader of its own; answers what all of them found.
    ///
    /// As soon as one has found something the others are told to come back, and all are waited for: a read that was
    /// given up would lose what it was just given. Throws only when nothing was found.
    func readTogether<Part: Sendable, Found: Sendable>(
        _ parts: [Part], with readers: [RedisClusterClient],
        _ read: @escaping @Sendable (Part, RedisClusterClient) async throws -> [Found]
    ) async throws -> [Found] {
        let waiting = WaitingReaders(readers)
        var waker: Task<Void, Never>?
        let answers = await withTaskGroup { group in
            for (index, part) in parts.enumerated() {
                group.addTask {
                    let answer = await Result(catching: { try await read($0, readers[index]) }, part)
                    waiting.isBack(index)
                    return answer
                }
            }
            var answers: [Result<[Found], any Error>] = []
            for await answer in group {
                answers.append(answer)
                if waker == nil, (try? answer.get().isEmpty) != true { waker = Task { await wake(waiting) } }
            }
            return answers
        }
        waker?.cancel()
        await waker?.value
        return try answers.found()
    }

    /// Again and again, since a reader that is only about to wait does not hear it.
    private func wake(_ waiting: WaitingReaders) async {
        var pause: Duration = .milliseconds(2)
        while !Task.isCancelled {
            for reader in waiting.rest { await unblock(reader) }
            try? await Task.sleep(for: pause)
            pause = min(pause * 2, .milliseconds(50))
        }
    }
}

/// The readers that have not come back yet.
private final class WaitingReaders: Sendable {
    private let readers: Mutex<[Int: RedisClusterClient]>

    init(_ readers: [RedisClusterClient]) {
        self.readers = Mutex(Dictionary(uniqueKeysWithValues: readers.enumerated().map { ($0, $1) }))
    }

    var rest: [RedisClusterClient] { readers.withLock { Array($0.values) } }

    func isBack(_ index: Int) { _ = readers.withLock { $0.removeValue(forKey: index) } }
}
