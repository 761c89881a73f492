import Synchronization

/// Commands that one caller waits for: what goes out, how many replies come back, and who gets them.
final class RedisRequest: Sendable {
    private enum State: Sendable {
        case idle
        case waiting(CheckedContinuation<[RedisValue], any Error>, isInFlight: Bool)
        case settled
    }

    let payload: [UInt8]
    let replyCount: Int
    /// How errors name the request: `XADD`, or `XADD and 255 more`.
    let name: String
    /// How long the server may be silent on purpose.
    let blockTime: Duration?
    let issued = ContinuousClock.now
    private let state = Mutex(State.idle)

    init(_ commands: [RedisCommand]) {
        payload = commands.encoded()
        replyCount = commands.count
        blockTime = commands.lazy.compactMap(\.blockTime).max()
        let first = commands.first?.name ?? "nothing"
        name = commands.count > 1 ? "\(first) and \(commands.count - 1) more" : first
    }

    /// Lets `continuation` wait; false, and already resumed, when the caller was cancelled before.
    func wait(_ continuation: CheckedContinuation<[RedisValue], any Error>) -> Bool {
        let isWaiting = state.withLock { state in
            guard case .idle = state else { return false }
            state = .waiting(continuation, isInFlight: false)
            return true
        }
        if !isWaiting { continuation.resume(throwing: CancellationError()) }
        return isWaiting
    }

    /// Marks the request as written; false when nobody waits for it any more, so that it must not be.
    func takeOff() -> Bool {
        state.withLock { state in
            guard case .waiting(let continuation, _) = state else { return false }
            state = .waiting(continuation, isInFlight: true)
            return true
        }
    }

    /// Gives the caller its answer, unless it has one. Says whether the server had been asked already.
    @discardableResult
    func settle(_ result: Result<[RedisValue], any Error>) -> Bool {
        let before = state.withLock { state in
            defer { state = .settled }
            return state
        }
        guard case .waiting(let continuation, let wasInFlight) = before else { return false }
        continuation.resume(with: result)
        return wasInFlight
    }
}
