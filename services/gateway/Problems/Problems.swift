import HTTPTypes
import HoneCore

extension Problem {
    static func notFound(_ what: String) -> Problem {
        Problem(status: .notFound, code: "not_found", detail: "There is no \(what).")
    }

    /// A request that can be read but not used: names the fields, 422.
    static func invalid(_ faults: [InvalidValue]) -> Problem {
        Problem(
            status: .unprocessableContent, code: "invalid_value",
            detail: faults.map { "\($0)" }.joined(separator: "; "), faults: faults)
    }

    static func invalid(_ fault: InvalidValue) -> Problem { invalid([fault]) }

    /// A request that cannot even be read.
    static func malformed(_ detail: String) -> Problem {
        Problem(status: .badRequest, code: "malformed_request", detail: detail)
    }

    static func conflict(_ detail: String) -> Problem {
        Problem(status: .conflict, code: "conflict", detail: detail)
    }

    static func unavailable(_ detail: String, retryAfter seconds: Int = 1) -> Problem {
        Problem(status: .serviceUnavailable, code: "unavailable", detail: detail).retry(after: seconds)
    }

    func retry(after seconds: Int) -> Problem {
        var problem = self
        problem.headers[.retryAfter] = "\(seconds)"
        return problem
    }
}

// MARK: who asks

extension Problem {
    /// RFC 6750 §3: without a token no reason is given.
    static func unauthorized(because reason: String? = nil) -> Problem {
        let need = "Give a key or a token: Authorization: Bearer …."
        var problem = Problem(
            status: .unauthorized, code: "unauthorized", detail: reason.map { "Not accepted: \($0). \(need)" } ?? need)
        let fault = reason.map { ", error=\"invalid_token\", error_description=\"\($0)\"" } ?? ""
        problem.headers[.wwwAuthenticate] = "Bearer realm=\"hone\"" + fault
        return problem
    }

    static func forbidden(needed role: Role) -> Problem {
        Problem(status: .forbidden, code: "forbidden", detail: "This needs the role \(role.rawValue).")
    }

    static func tooManyFailures(retryAfter seconds: Int) -> Problem {
        Problem(
            status: .tooManyRequests, code: "too_many_failures",
            detail: "Too many tokens from this address were not accepted; try again later."
        ).retry(after: seconds)
    }

    static func tooManyRequests(retryAfter seconds: Int) -> Problem {
        Problem(status: .tooManyRequests, code: "rate_limited", detail: "Too many requests; try again later.")
            .retry(after: seconds)
    }
}

// MARK: how it is asked

extension Problem {
    static func methodNotAllowed(_ allowed: String) -> Problem {
        var problem = Problem(
            status: .methodNotAllowed, code: "method_not_allowed", detail: "This path takes \(allowed).")
        problem.headers[.allow] = allowed
        return problem
    }

    static func notAcceptable(_ media: [String]) -> Problem {
        Problem(
            status: .notAcceptable, code: "not_acceptable",
            detail: "This is answered in \(media.joined(separator: " or ")); Accept excludes it.")
    }

    static func notJSON() -> Problem {
        Problem(
            status: .unsupportedMediaType, code: "unsupported_media_type",
            detail: "Send JSON, and say so: Content-Type: application/json.")
    }

    static func encoded() -> Problem {
        var problem = Problem(
            status: .unsupportedMediaType, code: "unsupported_encoding", detail: "Send the body as it is, not encoded.")
        problem.headers[.acceptEncoding] = "identity"
        return problem
    }

    static func tooLarge(limit: Int) -> Problem {
        Problem(status: .contentTooLarge, code: "too_large", detail: "The body may have \(limit) bytes at most.")
    }
}
