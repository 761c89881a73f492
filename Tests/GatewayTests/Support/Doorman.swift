import Crypto
import Foundation
import HTTP
import HoneCore
import HoneStore
import HoneTestKit
import JWTKit
import Synchronization

@testable import Gateway

/// Keys and tokens for tests of who may do what.
extension TestGateway {
    static let withAuthentication = ["HONE_AUTH": "on", "HONE_JWT_SECRET": Doorman.secret]

    func key(_ role: Role, expiresAt: Date? = nil) async throws -> (id: UUID, text: String) {
        let key = APIKey.generate()
        let record = try await workshop.store.keys.create(key, name: "test", role: role, expiresAt: expiresAt)
        return (record.id, key.text.exposed)
    }

    /// The status that this token gets at this path.
    func status(_ token: String?, at path: String = Doorman.path) async throws -> Int {
        try await get(path, headers: token.map { [.bearer($0)] } ?? []).status
    }
}

extension HTTPHeader {
    static func bearer(_ token: String) -> HTTPHeader { HTTPHeader("Authorization", "Bearer \(token)") }
}

/// Signs tokens.
enum Doorman {
    static let secret = "a secret of thirty-two bytes or more"
    /// A route that any role may read.
    static let path = "/api/agents/leaderboard"

    static func claims(_ more: JSONValue = [:]) -> TokenClaims {
        let usual: [String: JSONValue] = [
            "sub": "ada", "role": "viewer", "exp": .integer(Int64(Date().timeIntervalSince1970) + 600),
        ]
        return TokenClaims(.object(usual.merging(more.object ?? [:]) { $1 }.filter { $0.value != .null }))
    }

    static func token(_ more: JSONValue = [:], secret: String = secret) async throws -> String {
        try await JWTKeyCollection().add(hmac: HMACKey(from: secret), digestAlgorithm: .sha256).sign(claims(more))
    }

    /// A token put together by hand, as no library would.
    static func forged(header: String, payload: String, signature: String = "") -> String {
        [header, payload].map { base64URL(Data($0.utf8)) }.joined(separator: ".") + "." + signature
    }

    static func signed(header: String, payload: String) -> String {
        let text = [header, payload].map { base64URL(Data($0.utf8)) }.joined(separator: ".")
        let code = HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: SymmetricKey(data: Data(secret.utf8)))
        return text + "." + base64URL(Data(code))
    }

    static func base64URL(_ data: Data) -> String {
        data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}

extension Doorman {
    static func digest(_ text: String) -> SHA256Digest { SHA256.hash(data: Data(text.utf8)) }
}

/// What several tasks put down.
final class Mailbox: Sendable {
    private let texts = Mutex<[String]>([])

    var all: [String] { texts.withLock { $0 } }
    func add(_ text: String) { texts.withLock { $0.append(text) } }
}
