import HTTP

extension AnswerDraft {
    /// What is known of the price of an exchange that came this far and ended with `reason`.
    func billing(of reason: ModelFault.Reason) -> ModelFault.Billing {
        if hasEnded, usage != nil { return .counted }
        switch reason {
        case .rateLimited, .unauthorized, .notFound, .contextExceeded, .rejected, .misconfigured, .unavailable,
            .circuitOpen, .unrecorded, .costCap:
            // Said instead of an answer it is a refusal to work; said in the middle of one it came too late for that.
            return text.isEmpty && toolCalls.isEmpty && usage == nil ? .nothing : .unknown
        case .invalidAnswer, .incompleteAnswer, .refused, .emptyAnswer, .timedOut: return .unknown
        }
    }
}

extension HTTPError {
    /// Whether the endpoint may have got the request.
    var billing: ModelFault.Billing {
        switch self {
        case .cannotConnect, .tls, .timedOut(.connect, _), .invalidRequest, .shutDown: .nothing
        case .timedOut, .connectionLost, .bodyTooLarge, .invalidResponse: .unknown
        }
    }
}
