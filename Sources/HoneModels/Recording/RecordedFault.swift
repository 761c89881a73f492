import HoneCore

/// A fault as it is kept.
struct RecordedFault: Codable, Hashable, Sendable {
    /// The reason's name.
    var reason: String
    var detail: String?
    /// In nanoseconds.
    var retryAfter: Int64?
    var model: ModelID?
    var usage: TokenUsage
    var costMicroUSD: Int64?

    init(_ fault: ModelFault) {
        reason = fault.reason.name
        detail = fault.reason.detail
        retryAfter = fault.retryAfter?.nanoseconds
        model = fault.model
        usage = fault.usage
        costMicroUSD = fault.cost?.rawValue
    }

    var fault: ModelFault {
        ModelFault(
            ModelFault.Reason(named: reason, detail: detail ?? "", retryAfter: retryAfter.map { .nanoseconds($0) }),
            model: model, usage: usage, cost: costMicroUSD.map { MicroUSD($0) })
    }
}

extension ModelFault.Reason {
    fileprivate var detail: String? {
        switch self {
        case .unavailable(let what, _), .timedOut(let what), .invalidAnswer(let what), .unauthorized(let what),
            .rejected(let what), .misconfigured(let what), .unrecorded(let what), .costCap(let what, _):
            what
        default: nil
        }
    }

    /// The reason that ``name`` names. One of a later version counts as an absent endpoint.
    fileprivate init(named name: String, detail: String, retryAfter: Duration?) {
        switch name {
        case "circuit_open": self = .circuitOpen(retryAfter: retryAfter ?? .zero)
        case "rate_limited": self = .rateLimited(retryAfter: retryAfter)
        case "timed_out": self = .timedOut(detail)
        case "invalid_answer": self = .invalidAnswer(detail)
        case "incomplete_answer": self = .incompleteAnswer
        case "context_exceeded": self = .contextExceeded
        case "refused": self = .refused
        case "empty_answer": self = .emptyAnswer
        case "unauthorized": self = .unauthorized(detail)
        case "not_found": self = .notFound
        case "rejected": self = .rejected(detail)
        case "misconfigured": self = .misconfigured(detail)
        case "unrecorded": self = .unrecorded(detail)
        case "cost_cap": self = .costCap(detail)
        default: self = .unavailable(detail, retryAfter: retryAfter)
        }
    }
}
