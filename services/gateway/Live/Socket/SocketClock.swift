import NIOCore

/// When a socket is to be pinged, and when its client has been silent for too long. Pure: times in, duties out.
struct SocketClock {
    enum Duty: Equatable { case nothing, ping, silence }

    private let pingEvery: TimeAmount
    private let silence: TimeAmount
    private var lastHeard: NIODeadline
    private var lastPing: NIODeadline

    init(pingEvery: Duration, silence: Duration, at now: NIODeadline) {
        self.pingEvery = TimeAmount(pingEvery)
        self.silence = TimeAmount(silence)
        lastHeard = now
        lastPing = now
    }

    mutating func heard(at now: NIODeadline) { lastHeard = now }

    mutating func due(at now: NIODeadline) -> Duty {
        if now - lastHeard >= silence { return .silence }
        guard now - lastPing >= pingEvery else { return .nothing }
        lastPing = now
        return .ping
    }
}
