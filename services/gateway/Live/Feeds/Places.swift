import Synchronization

/// How far each feed was read. Nil until the bus has told where it begins.
final class Places: Sendable {
    private let places = Mutex<[LiveFeed: EventID]>([:])

    func seen(_ feed: LiveFeed) -> EventID? {
        places.withLock { $0[feed] }
    }

    func begin(_ feed: LiveFeed, at place: EventID) {
        places.withLock { places in
            places[feed] = place
            if feed == .progress { places[.owned] = place }
        }
    }

    func note(_ event: LiveEvent) {
        places.withLock { $0[event.feed] = max(event.id, $0[event.feed] ?? .zero) }
    }

    /// Where nobody follows their own tasks an event has passed already; true then. Whoever takes a seat and looks up
    /// the place afterwards, in this order, either finds this event behind that place or is given it.
    func skipOwner(of event: LiveEvent, unless hasFollowers: () -> Bool) -> Bool {
        places.withLock { places in
            guard !hasFollowers() else { return false }
            places[.owned] = max(event.id, places[.owned] ?? .zero)
            return true
        }
    }
}
