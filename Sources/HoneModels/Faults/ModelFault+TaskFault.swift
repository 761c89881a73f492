public import HoneCore

extension ModelFault: CustomStringConvertible {
    /// The fault in the public vocabulary of replies and dead letters.
    public var taskFault: TaskFault {
        TaskFault(code, "model \(model?.rawValue ?? "?"): \(sentence)", retryable: isRetryable)
    }

    public var description: String { taskFault.description }

    private var code: ErrorCode {
        switch reason {
        case .unavailable, .circuitOpen, .unrecorded: .modelUnavailable
        case .rateLimited: .modelRateLimited
        case .timedOut: .timeout
        case .invalidAnswer, .incompleteAnswer, .contextExceeded, .refused, .emptyAnswer, .unauthorized, .notFound,
            .rejected, .misconfigured:
            .modelError
        case .costCap: .costCapExceeded
        }
    }

    /// Whether another agent, or the same a little later, may succeed.
    private var isRetryable: Bool {
        switch reason {
        case .unavailable, .circuitOpen, .rateLimited, .timedOut, .invalidAnswer, .incompleteAnswer, .contextExceeded:
            true
        case .refused, .emptyAnswer, .unauthorized, .notFound, .rejected, .misconfigured, .unrecorded, .costCap: false
        }
    }

    private var sentence: String {
        switch reason {
        case .unavailable(let what, _): what
        case .circuitOpen: "the endpoint failed repeatedly and is not asked for now"
        case .rateLimited: "the endpoint limits the rate of calls"
        case .timedOut(let what): what
        case .invalidAnswer(let what): "the answer is unusable: \(what)"
        case .incompleteAnswer: "the answer broke off before its end"
        case .contextExceeded: "the prompt is longer than the model's context"
        case .refused: "the model refused to answer"
        case .emptyAnswer: "the model refused: its answer is empty"
        case .unauthorized(let what): what
        case .notFound: "the endpoint knows no such model, or its base URL is wrong"
        case .rejected(let what): "the endpoint rejected the request: \(what)"
        case .misconfigured(let what): what
        case .unrecorded(let what): what
        case .costCap(let what, _): what
        }
    }
}
