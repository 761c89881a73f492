import Foundation
import HTTP
import HoneCore

extension ModelFault.Reason {
    /// What a failed exchange means for the call.
    init(_ error: HTTPError) {
        switch error {
        case .timedOut(.connect, _), .cannotConnect, .connectionLost, .tls, .shutDown:
            self = .unavailable(error.description)
        case .timedOut(let phase, let host):
            self = .timedOut("no answer from \(host) within the \(phase.rawValue) time limit")
        case .bodyTooLarge, .invalidResponse: self = .invalidAnswer(error.description)
        case .invalidRequest: self = .misconfigured(error.description)
        }
    }

    /// What an answer with an error status means for the call.
    init(_ refusal: EndpointRefusal) {
        switch refusal.status {
        case 401, 403: self = .unauthorized("the endpoint refused access (\(refusal.status))")
        case 404: self = .notFound
        case 413: self = .contextExceeded
        case 429 where refusal.kinds.contains("insufficient_quota"):
            self = .unauthorized("the account's quota is used up")
        case 429: self = .rateLimited(retryAfter: refusal.retryAfter)
        case 501: self = .rejected("not supported there (501)")
        case 408, 500...:
            self = .unavailable("the endpoint answered \(refusal.status)", retryAfter: refusal.retryAfter)
        case 300..<400: self = .misconfigured("the endpoint redirects elsewhere (\(refusal.status))")
        default: self = refusal.tellsOfTooLongPrompt ? .contextExceeded : .rejected(refusal.summary)
        }
    }
}

/// An error answer of an endpoint, in whichever of the usual shapes.
struct EndpointRefusal {
    var status: Int
    var retryAfter: Duration?
    /// What the endpoint calls the error: `type` and `code`.
    var kinds: [String]
    var message: String

    init(status: Int, headers: HTTPHeaders, body: [UInt8], now: Date) {
        let document = (try? WireFormat.decode(JSONValue.self, from: Data(body))) ?? .null
        self.init(status: status, error: document["error"] ?? document)
        retryAfter = headers["Retry-After"].flatMap { RetryAfter.duration(from: $0, now: now) }
    }

    /// `error` is `{"message", "type", "code"}`, as OpenAI and Anthropic have it, or just a text.
    init(status: Int, error: JSONValue) {
        self.status = status
        kinds = [error["type"]?.string, error["code"]?.string].compactMap(\.self)
        message = error["message"]?.string ?? error.string ?? error["detail"]?.string ?? ""
    }

    var tellsOfTooLongPrompt: Bool {
        !Set(kinds).isDisjoint(with: ["context_length_exceeded", "exceed_context_size_error"])
            || ["context length", "context size", "prompt is too long"].contains { message.contains($0) }
    }

    /// The first words of what the endpoint says: enough to mend a parameter, too little to repeat a prompt.
    var summary: String {
        let words = message.isEmpty ? kinds.joined(separator: ", ") : message
        return "\(status) " + (words.count <= 160 ? words : words.prefix(160) + "…")
    }
}
