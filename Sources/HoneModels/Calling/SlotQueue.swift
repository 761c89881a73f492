import Synchronization

/// Slots for calls at the same time, given out in the order of asking.
///
/// Every caller brings its own limit: it gets its turn when fewer calls than that are under way. Models with
/// different limits can so share an endpoint.
final class SlotQueue: Sendable {
    private struct Waiter {
        let id: Int
        let limit: Int
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var taken = 0
        var waiters: [Waiter] = []
        var lastID = 0

        mutating func newID() -> Int {
            lastID += 1
            return lastID
        }

        /// Takes the slots that are free for those who are first.
        mutating func admit() -> [Waiter] {
            var admitted: [Waiter] = []
            while let first = waiters.first, taken < first.limit {
                taken += 1
                admitted.append(waiters.removeFirst())
            }
            return admitted
        }
    }

    private let state = Mutex(State())

    var taken: Int { state.withLock { $0.taken } }
    var waiting: Int { state.withLock { $0.waiters.count } }

    /// Waits for a slot. Throws `CancellationError` when the task is cancelled, or `SlotQueue.TooLong` after
    /// `patience`.
    func take(limit: Int, patience: Duration, sleep: @escaping @Sendable (Duration) async throws -> Void) async throws {
        let limit = max(1, limit)
        if takeAtOnce(limit: limit) { return }
        let id = state.withLock { $0.newID() }
        var timer: Task<Void, any Error>?
        defer { timer?.cancel() }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                enqueue(Waiter(id: id, limit: limit, continuation: continuation))
                timer = Task {
                    try await sleep(patience)
                    self.dismiss(id, with: TooLong())
                }
            }
        } onCancel: {
            dismiss(id, with: CancellationError())
        }
    }

    func giveBack() {
        let admitted = state.withLock { state in
            state.taken -= 1
            return state.admit()
        }
        for waiter in admitted { waiter.continuation.resume() }
    }

    /// Nobody offered a slot in time.
    struct TooLong: Error {}

    private func takeAtOnce(limit: Int) -> Bool {
        state.withLock { state in
            guard state.waiters.isEmpty, state.taken < limit else { return false }
            state.taken += 1
            return true
        }
    }

    private func enqueue(_ waiter: Waiter) {
        // Cancellation sets the flag before it calls `dismiss`, so one of the two always sees the other.
        let (admitted, isCancelled) = state.withLock { state -> ([Waiter], Bool) in
            if Task.isCancelled { return ([], true) }
            state.waiters.append(waiter)
            return (state.admit(), false)
        }
        if isCancelled { waiter.continuation.resume(throwing: CancellationError()) }
        for waiter in admitted { waiter.continuation.resume() }
    }

    private func dismiss(_ id: Int, with error: any Error) {
        let (dismissed, admitted) = state.withLock { state -> (Waiter?, [Waiter]) in
            guard let index = state.waiters.firstIndex(where: { $0.id == id }) else { return (nil, []) }
            let waiter = state.waiters.remove(at: index)
            return (waiter, state.admit())
        }
        dismissed?.continuation.resume(throwing: error)
        for waiter in admitted { waiter.continuation.resume() }
    }
}
