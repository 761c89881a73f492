import Foundation
import HoneCore
import HoneService
import JWTKit

/// What a JWT says of its bearer (RFC 7519 §4).
struct TokenClaims: JWTPayload {
    let members: JSONValue

    init(_ members: JSONValue) { self.members = members }
    init(from decoder: any Decoder) throws { members = try JSONValue(from: decoder) }
    func encode(to encoder: any Encoder) throws { try members.encode(to: encoder) }

    /// Nothing here: ``TokenRules`` checks the claims against a clock that is passed in.
    func verify(using algorithm: some JWTAlgorithm) {}
}

/// What must hold of a token's claims, and whom they make its bearer.
struct TokenRules: Sendable {
    /// For clocks that differ.
    static let leeway: TimeInterval = 30

    let issuer: String?
    let audience: String?
    let roleClaim: [String]
    let roles: [String: Role]?

    init(_ settings: AuthenticationSettings) {
        issuer = settings.jwtIssuer
        audience = settings.jwtAudience
        roleClaim = settings.jwtRoleClaim
        roles = settings.jwtRoles
    }

    func verdict(on claims: TokenClaims, at now: Date) -> Verdict {
        do throws(Refusal) {
            return .success(try caller(claims.members, at: now.timeIntervalSince1970))
        } catch {
            return .failure(error)
        }
    }

    private func caller(_ claims: JSONValue, at now: TimeInterval) throws(Refusal) -> Caller {
        if let reason = fault(in: claims, at: now) { throw Refusal(reason, isGuess: false) }
        guard let subject = claims["sub"]?.string, (1...256).contains(subject.utf8.count),
            subject.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
        else {
            throw Refusal("the token names no subject", isGuess: false)
        }
        guard let role = role(in: claims) else { throw Refusal("the token carries no role", isGuess: false) }
        let end = claims["exp"]?.double.map { Date(timeIntervalSince1970: $0 + Self.leeway) }
        return Caller(id: "jwt:\(subject)", role: role, until: end)
    }

    /// A token without an end would hold for ever: it is not taken.
    private func fault(in claims: JSONValue, at now: TimeInterval) -> String? {
        guard let expiry = claims["exp"]?.double else { return "the token has no exp" }
        if expiry + Self.leeway <= now { return "the token has expired" }
        if let start = claims["nbf"], !((start.double ?? .infinity) - Self.leeway <= now) {
            return "the token does not hold yet"
        }
        if let issuer, claims["iss"]?.string != issuer { return "the token has another issuer" }
        if let audience, !(claims["aud"]?.texts ?? []).contains(audience) { return "the token is for another audience" }
        return nil
    }

    /// The highest of those that the claim names.
    private func role(in claims: JSONValue) -> Role? {
        let claim = roleClaim.reduce(claims as JSONValue?) { place, name in place?[name] }
        let names = (claim?.texts ?? []).flatMap { $0.split(separator: " ").map(String.init) + [$0] }
        return names.compactMap { name in roles.map { $0[name] } ?? Role(rawValue: name) }.max()
    }
}

extension JSONValue {
    /// A text, or the texts of an array.
    fileprivate var texts: [String] { string.map { [$0] } ?? array?.compactMap(\.string) ?? [] }
}
