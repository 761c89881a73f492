import Foundation
import HTTP
import HoneCore
import HoneService
import Hummingbird
import JWTKit
import TestServers
import Testing

@testable import Gateway

@Suite("Tokens (JWT)", .timeLimit(.minutes(10)))
struct TokenAuthenticationTests {
    private static let now = Int64(Date().timeIntervalSince1970)

    private func verifier(_ more: [String: String] = [:]) async throws -> TokenVerifier {
        let own = [
            "DATABASE_URL": "postgres://x", "REDIS_URL": "redis://x", "HONE_AUTH": "on",
            "HONE_JWT_SECRET": Doorman.secret,
        ]
        let source = try await SettingsSource(environment: own.merging(more) { $1 })
        return try TokenVerifier(Settings(source).gateway.authentication)
    }

    private func reason(_ verdict: Verdict) -> String? {
        if case .failure(let refusal) = verdict { refusal.reason } else { nil }
    }

    @Test(
        "claims decide",
        arguments: [
            (["exp": .integer(now - 60)], "the token has expired"),
            (["exp": .null], "the token has no exp"),
            (["exp": "soon"], "the token has no exp"),
            (["nbf": .integer(now + 300)], "the token does not hold yet"),
            (["nbf": "x"], "the token does not hold yet"),
            (["iss": "another"], "the token has another issuer"),
            (["iss": .null], "the token has another issuer"),
            (["aud": "another"], "the token is for another audience"),
            (["aud": .null], "the token is for another audience"),
            (["sub": .null], "the token names no subject"), (["sub": ""], "the token names no subject"),
            (["sub": "a\0"], "the token names no subject"),
            (["sub": .string(String(repeating: "a", count: 257))], "the token names no subject"),
            (["role": .null], "the token carries no role"), (["role": "king"], "the token carries no role"),
            (["role": 7], "the token carries no role"),
        ] as [(JSONValue, String)])
    func claims(change: JSONValue, expected: String) async throws {
        let verifier = try await verifier(["HONE_JWT_ISSUER": "us", "HONE_JWT_AUDIENCE": "hone"])
        let right: [String: JSONValue] = ["iss": "us", "aud": ["other", "hone"]]
        let whole = try await verifier.verdict(on: Doorman.token(.object(right)))
        #expect(whole == .success(Caller(id: "jwt:ada", role: .viewer)))
        let wrong = JSONValue.object(right.merging(change.object ?? [:]) { $1 })
        #expect(reason(try await verifier.verdict(on: Doorman.token(wrong))) == expected)
    }

    @Test("clocks may differ by a little")
    func leeway() async throws {
        let verifier = try await verifier()
        let token = try await Doorman.token(["exp": .integer(Self.now - 20), "nbf": .integer(Self.now + 20)])
        #expect(reason(try await verifier.verdict(on: token, at: Date(timeIntervalSince1970: Double(Self.now)))) == nil)
    }

    @Test("the role is found by the claim's path and the map of values; of several the highest counts")
    func roles() async throws {
        let verifier = try await verifier([
            "HONE_JWT_ROLE_CLAIM": "realm_access.roles", "HONE_JWT_ROLES": "staff=publisher, root=admin",
        ])
        func role(_ roles: JSONValue) async throws -> Role? {
            try? await verifier.verdict(on: Doorman.token(["realm_access": ["roles": roles]])).get().role
        }
        #expect(try await role(["staff"]) == .publisher)
        #expect(try await role(["staff", "root", "x"]) == .admin)
        #expect(try await role("staff root") == .admin)
        // With a map, names of roles mean nothing.
        #expect(try await role(["admin"]) == nil)
    }

    @Test("alg none, other algorithms, and what is no token are refused")
    func forgeries() async throws {
        let verifier = try await verifier()
        let payload = #"{"sub":"ada","role":"admin","exp":\#(Self.now + 600)}"#
        for header in [
            #"{"alg":"none"}"#, #"{"alg":"None","typ":"JWT"}"#, #"{"alg":"HS512"}"#, #"{"alg":"RS256"}"#,
            #"{"alg":"ES256"}"#, #"{"alg":"HS256","crit":["x"]}"#, #"{}"#, "not json", "[]",
        ] {
            let token = Doorman.forged(header: header, payload: payload)
            #expect(reason(try await verifier.verdict(on: token)) != nil, "\(header)")
        }
        let good = try await Doorman.token()
        let parts = good.split(separator: ".").map(String.init)
        let stolen = [parts[0], Doorman.base64URL(Data(payload.utf8)), parts[2]].joined(separator: ".")
        #expect(reason(try await verifier.verdict(on: stolen)) == "the token's signature is wrong")
        for token in [parts[0] + "." + parts[1] + ".", parts[0] + "." + parts[1], good + ".x", "....", "", "a.b.c"] {
            #expect(reason(try await verifier.verdict(on: token)) != nil, "\(token)")
        }
        let other = try await Doorman.token(secret: "another secret of thirty-two bytes or more")
        #expect(reason(try await verifier.verdict(on: other)) == "the token's signature is wrong")
    }

    @Test("a public key checks what it signed, and is never taken for a secret")
    func publicKey() async throws {
        let key = ES256PrivateKey()
        let pem = key.publicKey.pemRepresentation
        let verifier = try await verifier([
            "HONE_JWT_PUBLIC_KEY": pem.replacing("\n", with: "\\n"), "HONE_JWT_SECRET": "",
        ])
        let token = try await JWTKeyCollection().add(ecdsa: key).sign(Doorman.claims())
        #expect(reason(try await verifier.verdict(on: token)) == nil)
        let confused = try await Doorman.token(["role": "admin"], secret: pem)
        #expect(reason(try await verifier.verdict(on: confused)) != nil)
        let stranger = try await JWTKeyCollection().add(ecdsa: ES256PrivateKey()).sign(Doorman.claims())
        #expect(reason(try await verifier.verdict(on: stranger)) == "the token's signature is wrong")
        await #expect(throws: SettingsFault.self) { try await self.verifier(["HONE_JWT_PUBLIC_KEY": "/nowhere.pem"]) }
    }

    @Test("a token opens the gateway as a key does; its subject is who asks")
    func opens() async throws {
        try await TestGateway.open(settings: TestGateway.withAuthentication) { gateway in
            #expect(try await gateway.status(try await Doorman.token()) == 200)
            let expired = try await gateway.get(
                Doorman.path, headers: [.bearer(try await Doorman.token(["exp": 1]))])
            #expect(expired.status == 401)
            #expect(expired.headers["www-authenticate"]?.contains("the token has expired") == true)
        }
    }
}
