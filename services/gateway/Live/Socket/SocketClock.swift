import NIOCore

/// When a socket is to be pinged, when its client has been silent for too long, and when its time is up. Pure: times in,
/// duties out.
struct SocketClock {
    enum Duty: Equatable { case nothing, ping, silence, end }

    private let pingEvery: TimeAmount
    private let silence: TimeAmount
    private let end: NIODeadline?
    private var lastHeard: NIODeadline
    private var lastPing: NIODeadline

    /// `time` is what it has in all; nil for no end.
    init(pingEvery: Duration, silence: Duration, time: Duration?, at now: NIODeadline) {
        self.pingEvery = TimeAmount(pingEvery)
        self.silence = TimeAmount(silence)
        end = time.map { now + TimeAmount($0) }
        lastHeard = now
        lastPing = now
    }

    mutating func heard(at now: NIODeadline) { lastHeard = now }

    mutating func due(at now: NIODeadline) -> Duty {
        if let end, now >= end { return .end }
        if now - lastHeard >= silence { return .silence }
        guard now - lastPing >= pingEvery else { return .nothing }
        lastPing = now
        return .ping
    }
}
