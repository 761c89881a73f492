import NIOCore

/// How many frames a client may send: a burst, and then so many a second (a token bucket).
struct FrameAllowance {
    static let burst = 200.0
    static let perSecond = 20.0

    private var left = Self.burst
    private var counted: NIODeadline

    init(at now: NIODeadline) {
        counted = now
    }

    /// False when it is used up.
    mutating func spend(at now: NIODeadline) -> Bool {
        let seconds = Double((now - counted).nanoseconds) / 1e9
        left = min(Self.burst, left + seconds * Self.perSecond) - 1
        counted = now
        return left >= 0
    }
}
