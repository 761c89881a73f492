import Synchronization

/// Something one side of a test tells the other once.
final class Signal: Sendable {
    struct NotSeen: Error {}

    private struct State {
        var isFired = false
        var waiters: [Int: CheckedContinuation<Void, any Error>] = [:]
        var nextWaiter = 0
    }

    private let state = Mutex(State())

    func fire() {
        let waiters = state.withLock { state in
            state.isFired = true
            defer { state.waiters = [:] }
            return state.waiters.values
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Waits until it was fired; throws when that takes too long.
    func wait(within limit: Duration = .seconds(10)) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.waitForever() }
            group.addTask {
                try await Task.sleep(for: limit)
                throw NotSeen()
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func waitForever() async throws {
        let id = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (waiter: CheckedContinuation<Void, any Error>) in
                let mustWait = state.withLock { state in
                    if !state.isFired && !Task.isCancelled { state.waiters[id] = waiter }
                    return state.waiters[id] != nil
                }
                if !mustWait { waiter.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: id) }?.resume(throwing: CancellationError())
        }
    }
}
