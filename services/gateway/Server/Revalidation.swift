import Crypto
import Foundation
import HTTPTypes
import Hummingbird

/// Entity tags (RFC 9110 §8.8.3): weak ones, since a gzipped answer has the same.
enum EntityTag {
    static func weak(of body: Data) -> String {
        let digest = SHA256.hash(data: body).prefix(12).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }
        return "W/\"\(digest.joined())\""
    }

    /// Whether `If-None-Match` names the tag, by weak comparison.
    static func matches(_ header: String, _ tag: String) -> Bool {
        let wanted = bare(tag)
        return header.split(separator: ",").contains { part in
            let offered = part.trimmingCharacters(in: .whitespaces)
            return offered == "*" || bare(offered) == wanted
        }
    }

    private static func bare(_ tag: String) -> Substring { tag.hasPrefix("W/") ? tag.dropFirst(2) : tag[...] }
}

/// Answers 304 where the caller has what it asks for.
struct Revalidation: RouterMiddleware {
    typealias Context = GatewayContext

    private static let kept: [HTTPField.Name] = [.eTag, .cacheControl, .vary, .contentLocation, .expires]

    func handle(
        _ request: Request, context: GatewayContext,
        next: @concurrent (Request, GatewayContext) async throws -> Response
    ) async throws -> Response {
        let response = try await next(request, context)
        guard request.method == .get || request.method == .head, response.status == .ok,
            let tag = response.headers[.eTag], let known = request.headers[.ifNoneMatch],
            EntityTag.matches(known, tag)
        else { return response }
        var headers = HTTPFields()
        for name in Self.kept { headers[name] = response.headers[name] }
        return Response(status: .notModified, headers: headers)
    }
}
