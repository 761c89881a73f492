public import HoneCore

/// A call that brought no usable answer, with what it cost nevertheless. It holds no key, prompt or answer.
public struct ModelFault: Error, Hashable, Sendable {
    public var reason: Reason
    /// The model that was asked last.
    public var model: ModelID?
    /// What the call used although it failed, all attempts together.
    public var usage: TokenUsage
    /// nil when nothing is known to have been spent.
    public var cost: MicroUSD?
    /// Whether the endpoint charges for it.
    public var billing: Billing

    public init(
        _ reason: Reason, model: ModelID? = nil, usage: TokenUsage = .init(), cost: MicroUSD? = nil,
        billing: Billing = .nothing
    ) {
        self.reason = reason
        self.model = model
        self.usage = usage
        self.cost = cost
        self.billing = billing
    }

    /// What is known of the price of a failed exchange.
    public enum Billing: Hashable, Sendable {
        /// The endpoint never got the request, or refused to work on it.
        case nothing
        /// `usage` is the endpoint's own count of all of it.
        case counted
        /// It may have worked on the request; nobody knows for how long.
        case unknown
    }

    /// What went wrong, sorted by what the caller should do next.
    public enum Reason: Hashable, Sendable {
        /// Not reachable, or out of order. Wait, or take another model.
        case unavailable(String, retryAfter: Duration? = nil)
        /// It failed so often that nobody asks it for now. Wait, or take another model.
        case circuitOpen(retryAfter: Duration)
        /// Wait as long as it says, or take another model.
        case rateLimited(retryAfter: Duration?)
        /// Give it more time, or take another model.
        case timedOut(String)
        /// Bytes that are no answer. Another try may do better.
        case invalidAnswer(String)
        /// The answer broke off. Another try may do better.
        case incompleteAnswer
        /// The prompt is too long for this model. Another model may take it.
        case contextExceeded
        /// The model, or a filter before it, declined. Ask for something else.
        case refused
        /// A proper answer without a word in it. Mend the prompt.
        case emptyAnswer
        /// Wrong or missing key, no permission, no credit. A person must mend it.
        case unauthorized(String)
        /// The endpoint knows no such model or path. A person must mend it.
        case notFound
        /// The endpoint finds the request wrong. Mend the agent's parameters.
        case rejected(String)
        /// The catalogue cannot make this call at all. A person must mend it.
        case misconfigured(String)
        /// Calls are replayed, and this one was never recorded. A person must record it.
        case unrecorded(String)
        /// It might have passed a cap, so it was not made. Wait for another day, or raise the cap; where only calls under way
        /// stand in its way, and the caller can wait for them, a moment is enough.
        case costCap(String, isPassing: Bool = false)
    }
}

extension ModelFault: TransientFault {
    /// Whether the same call may succeed a little later.
    public var isTransient: Bool {
        switch reason {
        case .unavailable, .circuitOpen, .rateLimited, .timedOut: true
        case .invalidAnswer, .incompleteAnswer, .contextExceeded, .refused, .emptyAnswer, .unauthorized, .notFound,
            .rejected, .misconfigured, .unrecorded, .costCap:
            false
        }
    }

    /// How long the endpoint asks to be left alone.
    public var retryAfter: Duration? {
        switch reason {
        case .unavailable(_, let pause): pause
        case .circuitOpen(let pause): pause
        case .rateLimited(let pause): pause
        default: nil
        }
    }
}

extension ModelFault.Reason {
    /// Whether another model may do what this one did not.
    var isWorthFallback: Bool {
        switch self {
        case .refused, .emptyAnswer, .rejected, .unrecorded, .costCap: false
        case .unavailable, .circuitOpen, .rateLimited, .timedOut, .invalidAnswer, .incompleteAnswer, .contextExceeded,
            .unauthorized, .notFound, .misconfigured:
            true
        }
    }

    /// A closed set of names, for labels of metrics.
    public var name: String {
        switch self {
        case .unavailable: "unavailable"
        case .circuitOpen: "circuit_open"
        case .rateLimited: "rate_limited"
        case .timedOut: "timed_out"
        case .invalidAnswer: "invalid_answer"
        case .incompleteAnswer: "incomplete_answer"
        case .contextExceeded: "context_exceeded"
        case .refused: "refused"
        case .emptyAnswer: "empty_answer"
        case .unauthorized: "unauthorized"
        case .notFound: "not_found"
        case .rejected: "rejected"
        case .misconfigured: "misconfigured"
        case .unrecorded: "unrecorded"
        case .costCap: "cost_cap"
        }
    }
}
