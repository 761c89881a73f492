import Synchronization

/// The calls of one handler that are under way, each with the moment by which it must be over.
///
/// All are looked at together now and then: a timer for each would outlive most calls by minutes.
final class CallTimes: Sendable {
    typealias Instant = ContinuousClock.Instant

    private struct Call {
        let deadline: Instant
        var stop: (@Sendable () -> Void)?
        var isStopped = false
    }

    private struct State {
        var calls: [Int: Call] = [:]
        var next = 0
    }

    private let state = Mutex(State())

    /// Notes a call that must be over by `deadline`; before it begins, for it may never let go of its thread.
    func begins(until deadline: Instant) -> Int {
        state.withLock { state in
            state.next += 1
            state.calls[state.next] = Call(deadline: deadline)
            return state.next
        }
    }

    /// How to stop a call. One whose time was over before is stopped at once.
    func stops(_ call: Int, by stop: @escaping @Sendable () -> Void) {
        let isStopped = state.withLock { state in
            state.calls[call]?.stop = stop
            return state.calls[call]?.isStopped ?? false
        }
        if isStopped { stop() }
    }

    /// The call has returned. True when it had been stopped.
    func ended(_ call: Int) -> Bool {
        state.withLock { $0.calls.removeValue(forKey: call)?.isStopped ?? false }
    }

    /// Stops calls whose time is over, each once; returns how many.
    func stopLate(at now: Instant = .now) -> Int {
        let late = state.withLock { state in
            let late = state.calls.filter { !$0.value.isStopped && $0.value.deadline <= now }
            for id in late.keys { state.calls[id]?.isStopped = true }
            return late.values.map(\.stop)
        }
        for stop in late { stop?() }
        return late.count
    }

    /// For how long the latest call should have been over; zero when none should.
    func overtime(at now: Instant = .now) -> Duration {
        let earliest = state.withLock { $0.calls.values.lazy.map(\.deadline).min() }
        return earliest.map { max(.zero, now - $0) } ?? .zero
    }
}
