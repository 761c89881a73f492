import Foundation
import HTTPTypes
import Hummingbird

/// The token that a request carries, a key or a JWT.
enum Credentials {
    static let subprotocolPrefix = "hone.bearer."

    /// `Authorization: Bearer …`; for sockets, whose clients often cannot set headers, also `?access_token=…` and the
    /// subprotocol `hone.bearer.…`. Nil when there is none of these.
    static func token(of request: Request) -> String? {
        if let token = bearer(request.headers[.authorization]) { return token }
        guard isSocket(request) else { return nil }
        let parameter = request.uri.queryParameters["access_token"].map(String.init)
        return parameter ?? request.headers[.secWebSocketProtocol].flatMap(subprotocol)
    }

    /// The scheme's name is not sensitive to case (RFC 9110 §11.1).
    private static func bearer(_ header: String?) -> String? {
        guard let parts = header?.split(separator: " ", maxSplits: 1), parts.count == 2,
            parts[0].lowercased() == "bearer"
        else { return nil }
        return parts[1].trimmingCharacters(in: .whitespaces)
    }

    private static func subprotocol(_ offers: String) -> String? {
        offers.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
            .first { $0.hasPrefix(subprotocolPrefix) }.map { String($0.dropFirst(subprotocolPrefix.count)) }
    }

    private static func isSocket(_ request: Request) -> Bool {
        request.headers[.upgrade]?.lowercased() == "websocket" || request.uri.path.hasPrefix("/ws/")
    }
}
