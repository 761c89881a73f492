import HTTPTypes
import HoneCore
import HoneService
import Hummingbird
import Logging

extension Problem {
    /// What an error means to the caller. What only we can mend is logged, and told as no more than that.
    init(_ error: any Error, logger: Logger) {
        switch error {
        case let problem as Problem: self = problem
        case let fault as InvalidValue: self = .invalid(fault)
        case let move as IllegalPromptMove: self = .conflict(move.description)
        case let refusal as PromotionRefusal: self = .refusal(refusal)
        case let fault as any TransientFault where fault.isTransient:
            logger.warning("a request met an outage", metadata: ["error": "\(error)"])
            self = .unavailable("A part of Hone cannot be reached; try again.")
        case let error as any HTTPResponseError:
            self.init(
                status: error.status, code: "http_\(error.status.code)", detail: error.status.reasonPhrase)
        default:
            logger.error("a request failed", metadata: ["error": "\(error)"])
            self.init(status: .internalServerError, code: "internal", detail: "Something went wrong on our side.")
        }
    }
}

extension Problem {
    private static func refusal(_ refusal: PromotionRefusal) -> Problem {
        switch refusal {
        case .missing(let what): notFound(what)
        case .conflict(let reason): conflict(reason)
        }
    }
}
