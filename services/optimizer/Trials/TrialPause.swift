/// How long to wait before looking again: trials come in crowds, so at first soon, then less and less often.
struct TrialPause {
    private static let first: Duration = .milliseconds(15)
    private static let longest: Duration = .milliseconds(400)

    private var current = first

    mutating func reset() { current = Self.first }

    /// Never past the deadline.
    mutating func next(until deadline: ContinuousClock.Instant) -> Duration {
        defer { current = min(Self.longest, current * 1.6) }
        return max(.zero, min(current, deadline - .now))
    }
}
