import Foundation
import HoneCore
import HoneService
import Hummingbird
import JWTKit
import Logging
import ServiceLifecycle
import Synchronization
import TestServers
import Testing

@testable import Gateway

@Suite("Keys that an issuer publishes", .timeLimit(.minutes(1)))
struct PublishedKeyTests {
    /// Publishes keys of P-256 under these names, and counts who asks.
    private final class Issuer: Sendable {
        let keys: [String: ES256PrivateKey]
        private let published: Mutex<Set<String>>
        private let asked = Mutex(0)

        init(_ names: [String], publishing: Set<String>) {
            keys = Dictionary(uniqueKeysWithValues: names.map { ($0, ES256PrivateKey()) })
            published = Mutex(publishing)
        }

        var requests: Int { asked.withLock { $0 } }
        func publish(_ name: String) { published.withLock { _ = $0.insert(name) } }

        func document() -> String {
            asked.withLock { $0 += 1 }
            let keys = published.withLock { $0 }.sorted().compactMap { name in
                self.keys[name]?.parameters.map { x, y in
                    """
                    {"kty":"EC","crv":"P-256","use":"sig","kid":"\(name)","x":"\(Self.url(x))","y":"\(Self.url(y))"}
                    """
                }
            }
            // Keys that are not for us are passed over.
            let others = [#"{"kty":"oct","k":"x"}"#, #"{"kty":"EC","crv":"P-256K","x":"","y":""}"#, #"{"kty":"RSA"}"#]
            return "{\"keys\":[\((keys + others).joined(separator: ","))]}"
        }

        private static func url(_ text: String) -> String {
            text.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        }

        func token(_ name: String, kid: String?) async throws -> String {
            let key = try #require(keys[name])
            let header = kid.map { JWTHeader(fields: ["kid": .string($0)]) } ?? JWTHeader()
            return try await JWTKeyCollection().add(ecdsa: key).sign(Doorman.claims(), header: header)
        }
    }

    private func withIssuer(_ issuer: Issuer, _ body: (TokenVerifier) async throws -> Void) async throws {
        let port = try freePort()
        let router = Hummingbird.Router()
        router.get("/jwks") { _, _ in issuer.document() }
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: port)),
            logger: Logger(label: "issuer") { _ in SwiftLogNoOpLogHandler() })
        let group = ServiceGroup(configuration: .init(services: [application], logger: application.logger))
        let running = Task { try await group.run() }
        let source = try await SettingsSource(environment: [
            "DATABASE_URL": "postgres://x", "REDIS_URL": "redis://x", "HONE_AUTH": "on",
            "HONE_JWT_JWKS_URL": "http://127.0.0.1:\(port)/jwks",
        ])
        try await eventually("the issuer listens") {
            do {
                return try await PublishedKeys("http://127.0.0.1:\(port)/jwks").key(.es256, id: "?").isNone
            } catch {
                return false
            }
        }
        try await body(TokenVerifier(Settings(source).gateway.authentication))
        await group.triggerGracefulShutdown()
        try await running.value
    }

    private func isTaken(_ token: String, _ verifier: TokenVerifier) async throws -> Bool {
        if case .success = try await verifier.verdict(on: token) { true } else { false }
    }

    @Test("are fetched once for many tokens; the name tells which one is meant")
    func fetched() async throws {
        let issuer = Issuer(["one", "two"], publishing: ["one", "two"])
        try await withIssuer(issuer) { verifier async throws in
            let before = issuer.requests
            for _ in 0..<5 { #expect(try await isTaken(issuer.token("one", kid: "one"), verifier)) }
            #expect(try await isTaken(issuer.token("two", kid: "two"), verifier))
            #expect(try await !isTaken(issuer.token("two", kid: "one"), verifier))
            // Two would do: in doubt, none.
            #expect(try await !isTaken(issuer.token("one", kid: nil), verifier))
            #expect(issuer.requests == before + 1)
        }
    }

    @Test("an unknown name is not asked for again and again")
    func unknown() async throws {
        let issuer = Issuer(["one", "new"], publishing: ["one"])
        try await withIssuer(issuer) { verifier async throws in
            let before = issuer.requests
            for _ in 0..<20 { #expect(try await !isTaken(issuer.token("new", kid: "new"), verifier)) }
            #expect(issuer.requests <= before + 2)
        }
    }

    @Test("while they cannot be fetched, the answer is: later")
    func away() async throws {
        let keys = PublishedKeys("http://127.0.0.1:\(try freePort())/jwks")
        let problem = await #expect(throws: Problem.self) { try await keys.key(.es256, id: "x") }
        #expect(problem?.status == .serviceUnavailable)
    }
}

extension Optional {
    fileprivate var isNone: Bool { if case .none = self { true } else { false } }
}
