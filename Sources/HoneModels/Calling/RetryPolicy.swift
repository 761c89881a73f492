/// How often and how patiently a failed call is tried again by the same model.
public struct RetryPolicy: Hashable, Sendable {
    /// All tries together.
    public var attempts: Int
    /// The pause after the first failure; it doubles with each further one.
    public var firstPause: Duration
    public var longestPause: Duration
    /// A longer `Retry-After` is not waited for: the fault goes to the caller, with that figure.
    public var longestRetryAfter: Duration

    public init(
        attempts: Int = 4, firstPause: Duration = .milliseconds(250), longestPause: Duration = .seconds(8),
        longestRetryAfter: Duration = .seconds(20)
    ) {
        self.attempts = attempts
        self.firstPause = firstPause
        self.longestPause = longestPause
        self.longestRetryAfter = longestRetryAfter
    }

    public static let none = RetryPolicy(attempts: 1)

    /// The pause before the next try, or nil when there should be none.
    ///
    /// It lies between half and the whole of the doubled pause, so that callers that failed together do not
    /// return together; `random` is in 0..<1.
    /// The endpoint's own wish is honoured to the letter.
    public func pause(after fault: ModelFault, attempt: Int, timeLeft: Duration, random: Double) -> Duration? {
        guard attempt < attemptsAllowed(for: fault.reason) else { return nil }
        let pause: Duration
        if let wish = fault.retryAfter {
            guard wish <= longestRetryAfter else { return nil }
            pause = wish
        } else {
            pause = doubled(attempt) * (0.5 + random / 2)
        }
        return pause < timeLeft ? pause : nil
    }

    private func attemptsAllowed(for reason: ModelFault.Reason) -> Int {
        switch reason {
        case .unavailable, .rateLimited, .costCap(_, isPassing: true): attempts
        case .invalidAnswer, .incompleteAnswer: min(attempts, 2)
        case .timedOut, .circuitOpen, .contextExceeded, .refused, .emptyAnswer, .unauthorized, .notFound, .rejected,
            .misconfigured, .unrecorded, .costCap:
            1
        }
    }

    private func doubled(_ attempt: Int) -> Duration {
        min(longestPause, firstPause * (1 << min(max(attempt - 1, 0), 16)))
    }
}
