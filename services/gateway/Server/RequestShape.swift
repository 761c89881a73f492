import Foundation
import HoneCore
import Hummingbird

/// Refuses addresses that cannot be what anybody meant: broken escapes, text that is not UTF-8, the character zero (which
/// no column of Postgres holds); and bodies in a coding, such as gzip.
struct RequestShape: RouterMiddleware {
    typealias Context = GatewayContext

    static let longestTarget = 16_384

    func handle(
        _ request: Request, context: GatewayContext,
        next: @concurrent (Request, GatewayContext) async throws -> Response
    ) async throws -> Response {
        guard request.uri.string.utf8.count <= Self.longestTarget else { throw Problem.targetTooLong() }
        try check(path: request.uri.path)
        if let coding = request.headers[.contentEncoding], coding.lowercased() != "identity" {
            throw Problem.encoded()
        }
        for part in request.uri.query?.split(separator: "&") ?? [] { try check(part) }
        return try await next(request, context)
    }

    private func check(path: String) throws {
        guard path.utf8.contains(where: { $0 == UInt8(ascii: "%") || $0 == 0 }) else { return }
        guard let text = path.removingPercentEncoding, !text.utf8.contains(0) else {
            throw Problem.malformed("The path has an escape that stands for no text.")
        }
    }

    private func check(_ parameter: Substring) throws {
        guard let text = parameter.removingPercentEncoding else {
            throw Problem.malformed("The query has an escape that stands for no text.")
        }
        guard text.utf8.contains(0) else { return }
        let name = parameter.prefix { $0 != "=" }.removingPercentEncoding ?? ""
        throw InvalidValue(
            path: name.replacing("\0", with: ""), found: "the character U+0000", expected: "text without it")
    }
}

extension Problem {
    static func targetTooLong() -> Problem {
        Problem(
            status: .uriTooLong, code: "uri_too_long",
            detail: "The address may have \(RequestShape.longestTarget) bytes at most.")
    }
}
