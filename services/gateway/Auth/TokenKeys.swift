import Foundation
import HTTP
import HoneService
import JWTKit

/// The public key that an operator gave: RSA or P-256, as PEM or as the file of one.
struct StaticKey: Sendable {
    private enum Kind {
        case rsa(Insecure.RSA.PublicKey)
        case p256(ES256PublicKey)
    }

    private let kind: Kind

    init(_ text: String) throws(SettingsFault) {
        let pem = text.hasPrefix("-----BEGIN") ? text.replacing("\\n", with: "\n") : Self.file(text)
        if let pem, let key = try? Insecure.RSA.PublicKey(pem: pem) {
            kind = .rsa(key)
        } else if let pem, let key = try? ES256PublicKey(pem: pem) {
            kind = .p256(key)
        } else {
            throw SettingsFault(lines: [
                "HONE_JWT_PUBLIC_KEY: expected the PEM of an RSA (2048 bits or more) or P-256 public key, or its file"
            ])
        }
    }

    private static func file(_ path: String) -> String? { try? String(contentsOfFile: path, encoding: .utf8) }

    var algorithm: TokenAlgorithm {
        switch kind {
        case .rsa: .rs256
        case .p256: .es256
        }
    }

    func key() async throws -> TokenKey {
        let collection = JWTKeyCollection()
        switch kind {
        case .rsa(let key): await collection.add(rsa: key, digestAlgorithm: .sha256)
        case .p256(let key): await collection.add(ecdsa: key)
        }
        return TokenKey(algorithm: algorithm, id: nil, collection: collection)
    }
}

/// The keys that an issuer publishes (RFC 7517), fetched when they are needed: again after ten minutes, and for an
/// unknown `kid` at most every ten seconds.
actor PublishedKeys {
    private static let lifetime: Duration = .seconds(600)
    private static let pause: Duration = .seconds(10)

    private let url: String
    private let client = HTTPClient(options: HTTPClientOptions(userAgent: "hone-gateway"))
    private var keys: [TokenKey] = []
    private var fetchedAt: ContinuousClock.Instant?
    private var triedAt: ContinuousClock.Instant?
    private var fetch: Task<[TokenKey], any Error>?

    init(_ url: String) { self.url = url }

    /// The key for tokens of this algorithm and `kid`. Throws a ``Problem`` (503) when none could be fetched yet.
    func key(_ algorithm: TokenAlgorithm, id: String?) async throws -> TokenKey? {
        if isStale { try await refresh() }
        if let key = find(algorithm, id) { return key }
        guard mayTry else { return nil }
        try await refresh()
        return find(algorithm, id)
    }

    private var isStale: Bool { fetchedAt.map { .now - $0 > Self.lifetime && mayTry } ?? true }
    private var mayTry: Bool { triedAt.map { .now - $0 > Self.pause } ?? true }

    /// Without a `kid` there must be no doubt which key is meant.
    private func find(_ algorithm: TokenAlgorithm, _ id: String?) -> TokenKey? {
        let suitable = keys.filter { $0.algorithm == algorithm }
        guard let id else { return suitable.count == 1 ? suitable.first : nil }
        return suitable.first { $0.id == id }
    }

    /// Old keys stay in use when the issuer cannot be reached.
    private func refresh() async throws {
        let fetch = fetch ?? Task { try await Self.load(url, client) }
        self.fetch = fetch
        defer { self.fetch = nil }
        triedAt = .now
        do {
            keys = try await fetch.value
            fetchedAt = .now
        } catch {
            if fetchedAt == nil { throw Problem.unavailable("The keys of tokens cannot be fetched; try again.") }
        }
    }

    private static func load(_ url: String, _ client: HTTPClient) async throws -> [TokenKey] {
        let request = HTTPRequest(
            url: url, timeouts: HTTPTimeouts(connect: .seconds(3), total: .seconds(5)), maximumBodyBytes: 1 << 20,
            maximumRedirects: 3)
        let response = try await client.send(request)
        guard response.isSuccess else { throw URLError(.badServerResponse) }
        return await PublishedKeySet.keys(in: Data(response.body))
    }
}
