public import HoneCore

/// What is known of a task's quality. An unknown is never counted as 0; its share is a metric.
public enum ScoreVerdict: Hashable, Sendable {
    case score(Double)
    /// There is no usable work, and that is the agent's doing.
    case failed
    /// Nobody could say, or the agent is not to blame.
    case unknown

    /// Of a task that completed.
    public init(overall: Double?) {
        self = overall.map(ScoreVerdict.score) ?? .unknown
    }

    /// Of a task that did not complete.
    public init(fault: ErrorCode) {
        self = fault.isAgentFailure ? .failed : .unknown
    }

    /// What the verdict adds to a mean; nil leaves the mean alone.
    public var value: Double? {
        switch self {
        case .score(let score): score
        case .failed: 0
        case .unknown: nil
        }
    }
}

extension ErrorCode {
    /// Whether the failure counts against the agent that was at work. Broken infrastructure does not, nor does what was
    /// decided before or above it: a bad message, a task that nobody can take, a publisher who changed their mind.
    public var isAgentFailure: Bool {
        switch self {
        case .modelRateLimited, .modelError, .costCapExceeded, .toolError, .timeout, .deadlineExceeded: true
        case .invalidMessage, .messageTooLarge, .unknownAgent, .noCapableAgent, .constraintUnsatisfiable, .cancelled,
            .modelUnavailable, .internal:
            false
        }
    }
}
