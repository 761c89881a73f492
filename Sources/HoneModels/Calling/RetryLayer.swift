import HoneCore

/// Tries a failed call again as the policy says, but never after its reader has seen a part of the answer.
struct RetryLayer: CallLayer {
    let policy: RetryPolicy
    let timing: ModelTiming

    func pass<Answer: MeteredAnswer>(
        _ call: Call, on next: @Sendable (Call) async throws -> Answer
    ) async throws -> Answer {
        let deadline = timing.now() + call.timeLeft
        var call = call
        var spent = Spending()
        var attempt = 1
        while true {
            do {
                return spent.added(to: try await next(call))
            } catch let fault as ModelFault {
                spent.add(fault)
                call.timeLeft = timing.now().duration(to: deadline)
                guard let pause = pause(after: fault, attempt: attempt, of: call) else {
                    throw spent.replacing(in: fault)
                }
                try await timing.sleep(pause)
                call.timeLeft = timing.now().duration(to: deadline)
                attempt += 1
            }
        }
    }

    private func pause(after fault: ModelFault, attempt: Int, of call: Call) -> Duration? {
        if call.progress.hasText { return nil }
        return policy.pause(after: fault, attempt: attempt, timeLeft: call.timeLeft, random: timing.random())
    }
}

/// What the failed tries of one call have used so far.
struct Spending {
    private var usage = TokenUsage()
    private var cost: MicroUSD?

    mutating func add(_ fault: ModelFault) {
        usage = usage + fault.usage
        cost = Self.sum(cost, fault.cost)
    }

    func added<Answer: MeteredAnswer>(to answer: Answer) -> Answer {
        var answer = answer
        answer.usage = answer.usage + usage
        answer.cost = Self.sum(answer.cost, cost)
        return answer
    }

    /// The last fault, with what all of them used.
    func replacing(in fault: ModelFault) -> ModelFault {
        ModelFault(fault.reason, model: fault.model, usage: usage, cost: cost)
    }

    private static func sum(_ left: MicroUSD?, _ right: MicroUSD?) -> MicroUSD? {
        guard let left, let right else { return left ?? right }
        return left + right
    }
}
