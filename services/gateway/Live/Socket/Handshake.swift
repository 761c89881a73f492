import Crypto
import Foundation
import HTTPTypes
import Hummingbird

/// The client's side of the opening handshake, RFC 6455 §4.2.
struct Handshake {
    /// What we speak. Clients that cannot set headers offer `hone.bearer.<key>` beside it.
    static let subprotocol = "hone.v1"

    /// The headers of the 101.
    let answer: HTTPFields
    /// Large texts may be deflated, in both directions.
    let isDeflated: Bool

    /// Throws the problem that says what the request lacks.
    init(_ request: Request) throws {
        guard request.method == .get, Self.tokens(.upgrade, in: request).contains("websocket"),
            Self.tokens(.connection, in: request).contains("upgrade")
        else { throw Problem.upgradeRequired("This is a WebSocket: ask for the upgrade.") }
        guard request.headers[.secWebSocketVersion] == "13" else {
            throw Problem.upgradeRequired("Use version 13 of the WebSocket protocol.")
        }
        guard let key = request.headers[.secWebSocketKey], Data(base64Encoded: key)?.count == 16 else {
            throw Problem.malformed("Sec-WebSocket-Key must be 16 bytes in base64.")
        }
        var answer: HTTPFields = [.upgrade: "websocket", .connection: "Upgrade"]
        answer[.secWebSocketAccept] = Self.accept(key)
        // The other one carries a secret: it is never sent back.
        if Self.protocols(in: request).contains(Self.subprotocol) {
            answer[.secWebSocketProtocol] = Self.subprotocol
        }
        let compression = request.headers[values: .secWebSocketExtensions].lazy.compactMap(DeflateOffer.answer).first
        answer[.secWebSocketExtensions] = compression
        isDeflated = compression != nil
        self.answer = answer
    }

    private static func accept(_ key: String) -> String {
        let hash = Insecure.SHA1.hash(data: Data((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8))
        return Data(hash).base64EncodedString()
    }

    private static func protocols(in request: Request) -> [String] {
        items(.secWebSocketProtocol, in: request)
    }

    private static func tokens(_ name: HTTPField.Name, in request: Request) -> [String] {
        items(name, in: request).map { $0.lowercased() }
    }

    private static func items(_ name: HTTPField.Name, in request: Request) -> [String] {
        request.headers[values: name].flatMap { $0.split(separator: ",") }.map {
            $0.trimmingCharacters(in: .whitespaces)
        }
    }
}

extension Problem {
    static func upgradeRequired(_ detail: String) -> Problem {
        var problem = Problem(status: .upgradeRequired, code: "upgrade_required", detail: detail)
        problem.headers[.upgrade] = "websocket"
        problem.headers[.secWebSocketVersion] = "13"
        return problem
    }

    static func tooManySockets(_ whose: String) -> Problem {
        var problem = Problem(
            status: .tooManyRequests, code: "too_many_sockets", detail: "\(whose) open as many sockets as they may.")
        problem.headers[.retryAfter] = "5"
        return problem
    }
}
