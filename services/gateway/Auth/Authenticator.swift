import Crypto
import Foundation
import HoneCore
import HoneService
import HoneStore
import Hummingbird
import Logging
import NIOCore

/// Finds out who asks: by key or by JWT. For HTTP and for sockets.
struct Authenticator: Sendable {
    private let isOn: Bool
    private let keys: Keys
    private let tokens: TokenVerifier
    private let cache: CallerCache
    private let lockout = Lockout()
    private let logger: Logger

    init(
        _ settings: AuthenticationSettings, keys: Keys, cache: CallerCache, logger: Logger
    ) throws(SettingsFault) {
        self.cache = cache
        isOn = settings.isOn
        self.keys = keys
        self.logger = logger
        tokens = try TokenVerifier(settings)
    }

    /// The caller; nil when the request carries no token. Throws a ``Problem``: 401 for a token that does not hold, 429
    /// after too many of them from one address, 503 when it cannot be looked up.
    func caller(of request: Request, from address: SocketAddress? = nil) async throws -> Caller? {
        guard isOn else { return .local }
        guard let token = Credentials.token(of: request) else { return nil }
        let digest = SHA256.hash(data: Data(token.utf8))
        if !cache.isTrusted(digest) { try lockout.admit(address) }
        switch try await cache.verdict(on: digest, verify: { try await verdict(on: token) }) {
        case .success(let caller): return caller
        case .failure(let refusal):
            if refusal.isGuess { lockout.failed(address) }
            throw Problem.unauthorized(because: refusal.reason)
        }
    }

    private func verdict(on token: String) async throws -> Verdict {
        guard token.hasPrefix("hone_") else { return try await tokens.verdict(on: token) }
        guard let key = APIKey(token) else { return .failure(Refusal("the key is malformed")) }
        let found = try await keys.candidates(prefix: key.prefix).first { key.matches(hash: $0.hash, salt: $0.salt) }
        guard let found else { return .failure(Refusal("the key is unknown, expired or revoked")) }
        await noteUse(of: found)
        return .success(Caller(id: Caller.id(ofKey: found.id), role: found.role, until: found.expiresAt))
    }

    /// To the minute, and never a reason to turn a caller away.
    private func noteUse(of key: KeyCandidate) async {
        guard key.lastUsedAt.map({ $0.timeIntervalSinceNow < -60 }) ?? true else { return }
        do {
            try await keys.touch(key.id)
        } catch {
            logger.warning("the use of a key could not be noted", metadata: ["error": "\(error)"])
        }
    }
}
