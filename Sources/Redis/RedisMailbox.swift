import Synchronization

/// Requests that wait to be written, and whether somebody is at work on them.
final class RedisMailbox: Sendable {
    private struct State {
        var waiting: [RedisRequest] = []
        var worker: Task<Void, Never>?
        var isServed = false
        var isClosed = false
    }

    private let state = Mutex(State())

    /// Adds a request; starts a worker when none is at work. False when the mailbox is closed.
    func post(_ request: RedisRequest, startingWith start: () -> Task<Void, Never>) -> Bool {
        let isServed: Bool? = state.withLock { state in
            guard !state.isClosed else { return nil }
            state.waiting.append(request)
            defer { state.isServed = true }
            return state.isServed
        }
        if isServed == false {
            // Behind the lock: the worker begins at once, by asking what waits.
            let worker = start()
            state.withLock { $0.worker = worker }
        }
        return isServed != nil
    }

    /// All that waits, in order.
    func takeAll() -> [RedisRequest] {
        state.withLock { state in
            defer { state.waiting = [] }
            return state.waiting
        }
    }

    /// What was issued before `moment`, in order. The rest goes on waiting.
    func takeIssued(before moment: ContinuousClock.Instant) -> [RedisRequest] {
        state.withLock { state in
            let overdue = state.waiting.filter { $0.issued <= moment }
            state.waiting.removeAll { $0.issued <= moment }
            return overdue
        }
    }

    /// When the request that has waited longest was issued.
    var oldestIssued: ContinuousClock.Instant? {
        state.withLock { $0.waiting.lazy.map(\.issued).min() }
    }

    /// Lets the worker go home if nothing waits; false if it has to go on.
    func rest() -> Bool {
        state.withLock { state in
            guard state.waiting.isEmpty else { return false }
            state.isServed = false
            return true
        }
    }

    /// Takes no more requests; returns those that waited, and the last worker.
    func close() -> (waiting: [RedisRequest], worker: Task<Void, Never>?) {
        state.withLock { state in
            defer { state.waiting = [] }
            state.isClosed = true
            return (state.waiting, state.worker)
        }
    }
}
