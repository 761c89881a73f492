/// Why work was not done, in the public vocabulary of replies, `tasks.failed` and dead letters.
public enum ErrorCode: String, Codable, CaseIterable, Sendable {
    case invalidMessage = "invalid_message"
    case messageTooLarge = "message_too_large"
    case unknownAgent = "unknown_agent"
    case noCapableAgent = "no_capable_agent"
    case constraintUnsatisfiable = "constraint_unsatisfiable"
    case deadlineExceeded = "deadline_exceeded"
    case cancelled
    case modelUnavailable = "model_unavailable"
    case modelRateLimited = "model_rate_limited"
    case modelError = "model_error"
    case costCapExceeded = "cost_cap_exceeded"
    case toolError = "tool_error"
    case timeout
    case `internal`
}

extension ErrorCode {
    /// Not the agent's fault: it earns and costs the agent nothing.
    public var isInfrastructure: Bool {
        self == .modelUnavailable || self == .internal
    }

    /// Another agent, or the same a little later, may succeed.
    public var isRetryable: Bool {
        switch self {
        case .modelUnavailable, .modelRateLimited, .modelError, .toolError, .timeout, .internal: true
        case .invalidMessage, .messageTooLarge, .unknownAgent, .noCapableAgent, .constraintUnsatisfiable,
            .deadlineExceeded, .cancelled, .costCapExceeded:
            false
        }
    }
}
