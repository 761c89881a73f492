import Synchronization

/// How far each feed was read. Nil until the bus has told where it begins.
final class Places: Sendable {
    private struct State {
        var seen: [LiveFeed: EventID] = [:]
        var passed: [LiveFeed: EventID] = [:]
    }

    private let state = Mutex(State())

    func seen(_ feed: LiveFeed) -> EventID? {
        state.withLock { $0.seen[feed] }
    }

    /// The last event that no socket was given, for want of any that follows the feed.
    func passed(_ feed: LiveFeed) -> EventID {
        state.withLock { $0.passed[feed] ?? .zero }
    }

    func begin(_ feed: LiveFeed, at place: EventID) {
        state.withLock { state in
            state.seen[feed] = place
            if feed == .progress { state.seen[.owned] = place }
        }
    }

    func note(_ event: LiveEvent) {
        state.withLock { $0.seen[event.feed] = max(event.id, $0.seen[event.feed] ?? .zero) }
    }

    /// Where nobody follows a feed an event of it has passed already; true then. Whoever takes a seat and looks up the
    /// place afterwards, in this order, either finds this event behind that place or is given it.
    func pass(_ id: EventID, in feed: LiveFeed, unless isFollowed: () -> Bool) -> Bool {
        state.withLock { state in
            guard !isFollowed() else { return false }
            state.seen[feed] = max(id, state.seen[feed] ?? .zero)
            state.passed[feed] = max(id, state.passed[feed] ?? .zero)
            return true
        }
    }
}
