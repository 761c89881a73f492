import NIOCore

/// The sockets of one event loop, by what they follow. Lives on that loop.
final class Subscribers {
    let loop: any EventLoop
    private var rooms: [LiveRoute: Room] = [:]
    private var sockets: [ObjectIdentifier: Socket] = [:]
    /// The last event of each feed that came to this loop.
    private var last: [LiveFeed: EventID] = [:]
    private let places: Places

    init(on loop: any EventLoop, _ places: Places) {
        self.loop = loop
        self.places = places
    }

    func add(_ socket: Socket) { sockets[ObjectIdentifier(socket)] = socket }

    /// Gives it live events from now on; false, and nothing changes, when it would miss some.
    func join(_ socket: Socket) -> Bool {
        let route = socket.opening.route
        let last = max(last[route.feed, default: .zero], places.passed(route.feed))
        guard socket.place >= last else { return false }
        rooms[route, default: Room()][socket.opening.isDeflated].append(socket)
        return true
    }

    func remove(_ socket: Socket) {
        guard sockets.removeValue(forKey: ObjectIdentifier(socket)) != nil else { return }
        let route = socket.opening.route
        guard var room = rooms.removeValue(forKey: route) else { return }
        room[socket.opening.isDeflated].forget(socket)
        if !room.isEmpty { rooms[route] = room }
    }

    /// Hands out events in the order they came, all of a route's in as few pieces as can be.
    func deliver(_ events: [LiveEvent]) {
        var found: [LiveRoute: [LiveEvent]] = [:]
        for event in events {
            last[event.feed] = max(event.id, last[event.feed, default: .zero])
            for route in event.routes where rooms[route] != nil { found[route, default: []].append(event) }
        }
        for (route, events) in found { deliver(events, to: route) }
    }

    private func deliver(_ events: [LiveEvent], to route: LiveRoute) {
        for isDeflated in [false, true] {
            let form = FrameForm(isOutline: route.isOutline, isDeflated: isDeflated)
            deliver(events, in: form, to: rooms[route]?[isDeflated] ?? [])
        }
    }

    private func deliver(_ events: [LiveEvent], in form: FrameForm, to sockets: [Socket]) {
        guard !sockets.isEmpty else { return }
        let chunks = Chunk.chunks(of: events, in: form)
        for socket in sockets {
            for chunk in chunks {
                if socket.place < chunk.first {
                    socket.take(chunk)
                } else if socket.place < chunk.last {
                    let rest = events.filter { $0.id > socket.place && $0.id <= chunk.last }
                    for chunk in Chunk.chunks(of: rest, in: form) { socket.take(chunk) }
                }
            }
        }
    }

    /// Events of this feed cannot be had: its sockets have to come back for them.
    func abandon(_ feed: LiveFeed) {
        for socket in sockets.values where socket.opening.route.feed == feed { socket.lag() }
    }

    func close(_ code: CloseCode, of callers: Set<String>) {
        for socket in sockets.values where callers.contains(socket.opening.seat.caller.id) { socket.close(code) }
    }

    func tick(at now: NIODeadline) {
        for socket in sockets.values { socket.tick(at: now) }
    }
}

/// Who follows the same, by whether they take large frames deflated.
private struct Room {
    private var plain: [Socket] = []
    private var deflated: [Socket] = []

    var isEmpty: Bool { plain.isEmpty && deflated.isEmpty }

    subscript(isDeflated: Bool) -> [Socket] {
        get { isDeflated ? deflated : plain }
        _modify { if isDeflated { yield &deflated } else { yield &plain } }
    }
}

extension [Socket] {
    fileprivate mutating func forget(_ socket: Socket) {
        guard let index = firstIndex(where: { $0 === socket }) else { return }
        swapAt(index, count - 1)
        removeLast()
    }
}
