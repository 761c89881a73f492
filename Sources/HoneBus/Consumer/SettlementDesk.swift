import Synchronization

/// A call whose handler has returned, and what came of it.
struct EndedCall: Sendable {
    let id: Int
    let worked: Worked
}

/// Calls that wait to be settled, and whether somebody is at it: what ends while one transaction is under way goes
/// into the next, so that busy consumers settle in batches and idle ones at once.
final class SettlementDesk: Sendable {
    private struct State {
        var waiting: [EndedCall] = []
        var isManned = false
    }

    private let state = Mutex(State())

    /// True when nobody is at the desk; the caller is from now on.
    func add(_ call: EndedCall) -> Bool {
        state.withLock { state in
            state.waiting.append(call)
            defer { state.isManned = true }
            return !state.isManned
        }
    }

    /// All that waits; nil, and the caller leaves the desk, when nothing does.
    func take() -> [EndedCall]? {
        state.withLock { state in
            defer { state.waiting = [] }
            state.isManned = !state.waiting.isEmpty
            return state.isManned ? state.waiting : nil
        }
    }
}
