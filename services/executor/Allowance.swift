import Foundation
import HoneCore
import HoneMessages
import HoneModels

/// What a task may use: time until its deadline, tokens, money. Work stops at the cap, never after it.
struct Allowance {
    let time: Duration?
    let tokens: Int?
    let cost: MicroUSD?

    /// Throws `deadline_exceeded` when there is no time left.
    init(_ task: TaskSubmitted, at now: Date) throws {
        let untilDeadline = task.deadline.map { $0.timeIntervalSince(now) }
        if let untilDeadline, untilDeadline <= 0 {
            throw TaskFault(.deadlineExceeded, "the deadline passed before the work began")
        }
        time = [untilDeadline, task.constraints?.maxDuration].compactMap(\.self).min().map { .seconds($0) }
        tokens = task.constraints?.maxTokens
        cost = task.constraints?.maxCost.map(MicroUSD.init(dollars:))
    }

    /// A request that cannot pass the caps. Throws `cost_cap_exceeded` when not even one token is affordable.
    func request(_ messages: [ChatMessage], _ crew: Crew, traceparent: String?) throws -> ChatRequest {
        var parameters = crew.parameters
        let limits = [parameters.maxTokens, tokens, try affordableTokens(messages, crew)].compactMap(\.self)
        parameters.maxTokens = limits.min()
        var timeouts = ChatTimeouts()
        if let time { timeouts.total = min(timeouts.total, time) }
        return ChatRequest(messages, parameters: parameters, traceparent: traceparent, timeouts: timeouts)
    }

    private func affordableTokens(_ messages: [ChatMessage], _ crew: Crew) throws -> Int? {
        guard let cost, let price = crew.model.price, price.inputPer1K > 0 || price.outputPer1K > 0 else { return nil }
        // No tokenizer makes more tokens than bytes, and a chat template adds a few per message: the most it can cost.
        let bytes = messages.reduce(0) { $0 + $1.text.utf8.count + 16 }
        let input = price.cost(of: TokenUsage(inputTokens: bytes))
        guard price.outputPer1K > 0 else { return input <= cost ? nil : try refuse(cost) }
        let left = (cost - input).dollars / price.outputPer1K * 1_000
        return left >= 1 ? Int(min(left, 1e9)) : try refuse(cost)
    }

    private func refuse(_ cost: MicroUSD) throws -> Int {
        throw TaskFault(.costCapExceeded, "the work may cost more than the task allows (\(cost))")
    }
}
