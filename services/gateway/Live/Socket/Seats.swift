import Foundation
import Metrics
import Synchronization

/// How many sockets there are, in all and per caller.
final class Seats: Sendable {
    private struct Taken {
        var all = 0
        var perCaller: [String: Int] = [:]
        var perFeed: [LiveFeed: Int] = [:]
    }

    private let limit: Int
    private let limitPerCaller: Int
    private let taken = Mutex(Taken())
    private let gauge = Gauge(label: "hone.gateway.sockets")

    init(limit: Int, limitPerCaller: Int) {
        self.limit = limit
        self.limitPerCaller = limitPerCaller
    }

    /// A place for a socket of this caller; it is free again when nobody holds it. Throws 429 when there is none.
    func take(for caller: Caller, on feed: LiveFeed) throws -> Seat {
        let all = try taken.withLock { taken in
            guard taken.all < limit else { throw Problem.tooManySockets("All callers together") }
            let own = taken.perCaller[caller.id, default: 0]
            guard caller == .local || own < limitPerCaller else { throw Problem.tooManySockets("You") }
            taken.all += 1
            taken.perCaller[caller.id] = own + 1
            taken.perFeed[feed, default: 0] += 1
            return taken.all
        }
        gauge.record(all)
        return Seat(caller: caller, feed: feed, among: self)
    }

    func count(on feed: LiveFeed) -> Int { taken.withLock { $0.perFeed[feed, default: 0] } }

    /// The keys of all who have a place.
    var keys: [UUID] { taken.withLock { $0.perCaller.keys.compactMap(Caller.key) } }

    fileprivate func free(_ caller: String, _ feed: LiveFeed) {
        let all = taken.withLock { taken in
            taken.all -= 1
            let own = taken.perCaller[caller, default: 1] - 1
            taken.perCaller[caller] = own > 0 ? own : nil
            taken.perFeed[feed, default: 1] -= 1
            return taken.all
        }
        gauge.record(all)
    }
}

/// One socket's place among all.
final class Seat: Sendable {
    let caller: Caller
    private let feed: LiveFeed
    private let seats: Seats

    fileprivate init(caller: Caller, feed: LiveFeed, among seats: Seats) {
        self.caller = caller
        self.feed = feed
        self.seats = seats
    }

    deinit { seats.free(caller.id, feed) }
}
