import Foundation
import HoneCore
import HoneService
import JWTKit

/// How tokens may be signed. Nothing else is, `none` least of all.
enum TokenAlgorithm: String, Sendable, CaseIterable {
    case hs256 = "HS256"
    case rs256 = "RS256"
    case es256 = "ES256"
}

/// A key, and the one algorithm that it is for: so a public key is never taken for a secret (RFC 8725 §3.1).
struct TokenKey: Sendable {
    let algorithm: TokenAlgorithm
    let id: String?
    let collection: JWTKeyCollection
}

/// The part of a JWT's header that decides which key it is checked with.
struct TokenHeader: Decodable {
    let alg: String
    let kid: String?
    let crit: JSONValue?

    /// Nil when `token` is no JWT.
    init?(_ token: String) {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let data = Data(base64URL: parts[0]),
            let header = try? JSONDecoder().decode(TokenHeader.self, from: data)
        else { return nil }
        self = header
    }
}

/// Checks JWTs: signature, then claims.
struct TokenVerifier: Sendable {
    private let rules: TokenRules
    private let secret: Secret?
    private let publicKey: StaticKey?
    private let published: PublishedKeys?

    init(_ settings: AuthenticationSettings) throws(SettingsFault) {
        rules = TokenRules(settings)
        secret = settings.jwtSecret
        publicKey = try settings.jwtPublicKey.map { text throws(SettingsFault) in try StaticKey(text) }
        published = settings.jwksURL.map(PublishedKeys.init)
    }

    func verdict(on token: String, at now: Date = Date()) async throws -> Verdict {
        guard let header = TokenHeader(token) else { return .failure(Refusal("it is neither a key nor a token")) }
        guard let algorithm = TokenAlgorithm(rawValue: header.alg), header.crit == nil else {
            return .failure(Refusal("the token is not signed in a way that is taken here"))
        }
        guard let key = try await key(algorithm, id: header.kid) else {
            return .failure(Refusal("the token is signed with a key that is not known here"))
        }
        guard let claims = try? await key.collection.verify(token, as: TokenClaims.self) else {
            return .failure(Refusal("the token's signature is wrong"))
        }
        return rules.verdict(on: claims, at: now)
    }

    private func key(_ algorithm: TokenAlgorithm, id: String?) async throws -> TokenKey? {
        if algorithm == .hs256 {
            guard let secret else { return nil }
            let collection = await JWTKeyCollection().add(
                hmac: HMACKey(from: secret.exposed), digestAlgorithm: .sha256)
            return TokenKey(algorithm: .hs256, id: nil, collection: collection)
        }
        if let publicKey, publicKey.algorithm == algorithm { return try await publicKey.key() }
        return try await published?.key(algorithm, id: id)
    }
}

extension Data {
    /// RFC 4648 §5, without padding.
    init?(base64URL text: Substring) {
        let standard = text.replacing("-", with: "+").replacing("_", with: "/")
        self.init(base64Encoded: standard + String(repeating: "=", count: (4 - standard.count % 4) % 4))
    }
}
