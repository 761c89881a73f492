/// Decides whether an endpoint is asked at all. A state machine: times are passed in, nothing is read from outside.
///
/// Closed, it lets everybody through and counts failures in a row. At the threshold it opens and refuses everybody.
/// After the cool-down it is half open: one caller may probe, and the outcome closes or opens it again.
public struct CircuitBreaker: Hashable, Sendable {
    public struct Policy: Hashable, Sendable {
        /// So many failures in a row open the circuit.
        public var threshold: Int
        public var coolDown: Duration

        public init(threshold: Int = 5, coolDown: Duration = .seconds(10)) {
            self.threshold = threshold
            self.coolDown = coolDown
        }
    }

    /// What a call says about its endpoint.
    public enum Verdict: Hashable, Sendable {
        /// It answered, be it with a refusal.
        case alive
        /// It could not be reached, broke off, or is out of order.
        case failed
        /// Nothing: the caller gave up, or it is hard to say.
        case unknown
    }

    /// The right to make one call; it is handed back with the verdict.
    public struct Permit: Hashable, Sendable {
        fileprivate var era: Int
        fileprivate var isProbe: Bool
    }

    public enum Admission: Hashable, Sendable {
        case admitted(Permit)
        case refused(retryAfter: Duration)
    }

    public enum State: Hashable, Sendable {
        case closed(failures: Int)
        case open(until: ContinuousClock.Instant)
        case halfOpen(isProbing: Bool)
    }

    public private(set) var state = State.closed(failures: 0)
    private let policy: Policy
    /// Counts the changes of state, so that late verdicts of calls from before change nothing.
    private var era = 0

    public init(_ policy: Policy = Policy()) {
        self.policy = policy
    }

    public mutating func enter(at now: ContinuousClock.Instant) -> Admission {
        if case .open(let end) = state, now >= end { change(to: .halfOpen(isProbing: false)) }
        switch state {
        case .closed:
            return .admitted(Permit(era: era, isProbe: false))
        case .open(let end):
            return .refused(retryAfter: now.duration(to: end))
        case .halfOpen(true):
            return .refused(retryAfter: policy.coolDown)
        case .halfOpen(false):
            state = .halfOpen(isProbing: true)
            return .admitted(Permit(era: era, isProbe: true))
        }
    }

    public mutating func leave(_ permit: Permit, _ verdict: Verdict, at now: ContinuousClock.Instant) {
        guard permit.era == era else { return }
        switch (state, verdict) {
        case (.closed, .alive): state = .closed(failures: 0)
        case (.closed(let failures), .failed) where failures + 1 < policy.threshold:
            state = .closed(failures: failures + 1)
        case (.closed, .failed), (.halfOpen, .failed): change(to: .open(until: now + policy.coolDown))
        case (.halfOpen, .alive): change(to: .closed(failures: 0))
        case (.halfOpen, .unknown): state = .halfOpen(isProbing: false)
        case (.closed, .unknown), (.open, _): break
        }
    }

    /// Whether a call now would be refused.
    public func isOpen(at now: ContinuousClock.Instant) -> Bool {
        if case .open(let end) = state { now < end } else { false }
    }

    private mutating func change(to state: State) {
        self.state = state
        era += 1
    }
}
