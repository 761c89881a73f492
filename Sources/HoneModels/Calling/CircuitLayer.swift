import Synchronization

/// The circuit of one endpoint, shared by all calls to it.
final class Circuit: Sendable {
    private let breaker: Mutex<CircuitBreaker>
    private let now: @Sendable () -> ContinuousClock.Instant

    init(_ policy: CircuitBreaker.Policy, timing: ModelTiming) {
        breaker = Mutex(CircuitBreaker(policy))
        now = timing.now
    }

    var isOpen: Bool {
        let instant = now()
        return breaker.withLock { $0.isOpen(at: instant) }
    }

    func enter() -> CircuitBreaker.Admission {
        let instant = now()
        return breaker.withLock { $0.enter(at: instant) }
    }

    func leave(_ permit: CircuitBreaker.Permit, _ verdict: CircuitBreaker.Verdict) {
        let instant = now()
        breaker.withLock { $0.leave(permit, verdict, at: instant) }
    }
}

/// Spares an endpoint that does not work, and its callers the wait.
struct CircuitLayer: CallLayer {
    let circuit: Circuit

    func pass<Answer: MeteredAnswer>(
        _ call: Call, on next: @Sendable (Call) async throws -> Answer
    ) async throws -> Answer {
        let permit: CircuitBreaker.Permit
        switch circuit.enter() {
        case .admitted(let granted): permit = granted
        case .refused(let pause): throw ModelFault(.circuitOpen(retryAfter: pause), model: call.model)
        }
        do {
            let answer = try await next(call)
            circuit.leave(permit, .alive)
            return answer
        } catch {
            circuit.leave(permit, Self.verdict(on: error, of: call))
            throw error
        }
    }

    static func verdict(on error: any Error, of call: Call) -> CircuitBreaker.Verdict {
        guard let fault = error as? ModelFault else { return .unknown }
        switch fault.reason {
        case .unavailable, .incompleteAnswer: return .failed
        case .timedOut: return call.progress.hasText ? .unknown : .failed
        case .invalidAnswer, .circuitOpen, .misconfigured, .unrecorded, .costCap: return .unknown
        case .rateLimited, .contextExceeded, .refused, .emptyAnswer, .unauthorized, .notFound, .rejected: return .alive
        }
    }
}
