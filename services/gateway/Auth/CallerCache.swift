import Crypto
import Synchronization

/// Why a token was not taken, in words that tell its owner what to do and others nothing.
struct Refusal: Error, Hashable {
    let reason: String
    /// Whether its bearer may be trying things out. What was once properly signed is no guess.
    let isGuess: Bool

    init(_ reason: String, isGuess: Bool = true) {
        self.reason = reason
        self.isGuess = isGuess
    }
}

typealias Verdict = Result<Caller, Refusal>

/// What was found out about tokens lately, so that a request costs no query. A key that is revoked holds on for
/// ``freshness``. Tokens themselves are not kept, only digests of them.
final class CallerCache: Sendable {
    static let freshness: Duration = .seconds(2)
    /// For this long after a success, the lock-out of an address does not concern a token.
    private static let memory: Duration = .seconds(600)
    private static let capacity = 20_000

    private struct Entry {
        let verdict: Task<Verdict, any Error>
        var bornAt: ContinuousClock.Instant
        /// The id of the caller, once there is one.
        var holder: String?
        var succeededAt: ContinuousClock.Instant?
    }

    private let entries = Mutex<[SHA256Digest: Entry]>([:])

    /// What holds for a token. Callers who ask at the same time wait for one and the same look.
    func verdict(
        on token: SHA256Digest, at now: ContinuousClock.Instant = .now,
        verify: @escaping @Sendable () async throws -> Verdict
    ) async throws -> Verdict {
        let look = entries.withLock { entries in
            let known = entries[token]
            if let known, now - known.bornAt < Self.freshness { return known.verdict }
            Self.makeRoom(&entries, now)
            let look = Task { try await verify() }
            entries[token] = Entry(
                verdict: look, bornAt: now, holder: known?.holder, succeededAt: known?.succeededAt)
            return look
        }
        do {
            let verdict = try await look.value
            if case .success(let caller) = verdict {
                entries.withLock {
                    $0[token]?.succeededAt = now
                    $0[token]?.holder = caller.id
                }
            }
            return verdict
        } catch {
            entries.withLock { if $0[token]?.verdict == look { $0[token] = nil } }
            throw error
        }
    }

    /// Looks anew at the tokens of these callers, and at all of which nothing is found out yet, when they come next.
    func forget(_ callers: Set<String>) {
        entries.withLock { entries in
            for (token, entry) in entries where entry.holder.map(callers.contains) ?? true {
                entries[token]?.bornAt = entry.bornAt - Self.freshness
            }
        }
    }

    /// Whether the token was good a short while ago.
    func isTrusted(_ token: SHA256Digest, at now: ContinuousClock.Instant = .now) -> Bool {
        entries.withLock { $0[token]?.succeededAt }.map { now - $0 < Self.memory } ?? false
    }

    private static func makeRoom(_ entries: inout [SHA256Digest: Entry], _ now: ContinuousClock.Instant) {
        guard entries.count >= capacity else { return }
        entries = entries.filter { now - ($0.value.succeededAt ?? $0.value.bornAt) < freshness }
        if entries.count >= capacity { entries = [:] }
    }
}
