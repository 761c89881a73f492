/// The idle and total time-outs of one transfer. Connecting is timed by libcurl itself.
struct TransferClock {
    enum Deadline {
        case passed(HTTPError.Phase)
        case notBefore(ContinuousClock.Instant)
    }

    /// Beyond this, instants could overflow.
    private static let longest = Duration.seconds(365 * 86_400)

    private let started = ContinuousClock.now
    private var lastActivity: ContinuousClock.Instant
    private let idle: Duration
    private let total: ContinuousClock.Instant?

    init(_ timeouts: HTTPTimeouts) {
        lastActivity = started
        idle = min(timeouts.idle, Self.longest)
        total = timeouts.total.map { [started] in started + min($0, Self.longest) }
    }

    var firstDeadline: ContinuousClock.Instant {
        min(started + idle, total ?? started + Self.longest)
    }

    /// Something moved, in either direction.
    mutating func touch() {
        lastActivity = .now
    }

    /// The deadline that has passed, or the first that can.
    ///
    /// `connectedAfter` is how long it took until the request could be sent (`nil`: not yet); `isPaused` says that
    /// our own reader keeps the server waiting.
    mutating func deadline(
        at now: ContinuousClock.Instant, connectedAfter: Duration?, isPaused: Bool
    ) -> Deadline {
        if let total, total <= now { return .passed(.total) }
        if isPaused { lastActivity = now }
        let since = connectedAfter.map { max(lastActivity, started + $0) } ?? now
        if since + idle <= now { return .passed(.idle) }
        return .notBefore(min(since + idle, total ?? since + idle))
    }
}
