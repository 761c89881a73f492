import Synchronization

/// Lets a number of callers in at a time, so that many tests with deadlines do not take each other's time.
public final class Turnstile: Sendable {
    private struct State {
        var room: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>

    public init(_ room: Int) { state = Mutex(State(room: room)) }

    /// With `first`, ahead of all who wait.
    public func pass<Result>(first: Bool = false, _ body: () async throws -> Result) async rethrows -> Result {
        await enter(first)
        defer { leave() }
        return try await body()
    }

    private func enter(_ first: Bool) async {
        await withCheckedContinuation { continuation in
            let isIn = state.withLock { state in
                guard state.room > 0 else {
                    state.waiting.insert(continuation, at: first ? 0 : state.waiting.count)
                    return false
                }
                state.room -= 1
                return true
            }
            if isIn { continuation.resume() }
        }
    }

    private func leave() {
        let next: CheckedContinuation<Void, Never>? = state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.room += 1
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.resume()
    }
}
