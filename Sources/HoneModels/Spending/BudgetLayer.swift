import Foundation
import HoneCore

/// Sets the most that an exchange can cost aside before it is made, and counts what it did cost afterwards.
///
/// What was billed for all that is known, and what nobody counted, is counted whole: a cap that forgets is none. Nothing is
/// written for a model that costs nothing, nor where no cap applies.
struct BudgetLayer: CallLayer {
    /// The longest answer, in tokens, of a call that must keep a cap and names no limit of its own.
    static let usualMaxTokens = AnthropicMessages.defaultMaxTokens

    let spending: (any SpendGuard)?
    let model: ApprovedModel
    let payer: CallPayer
    /// Counted only where somebody wants to know.
    let inputTokens: @Sendable () -> Int
    let maxTokens: Int?
    let timing: ModelTiming

    func pass<Answer: MeteredAnswer>(
        _ call: Call, on next: @Sendable (Call) async throws -> Answer
    ) async throws -> Answer {
        guard let spending, !model.isFree else { return try await next(call) }
        let caps = try await spending.caps(for: payer)
        guard let first = caps.first else { return try await next(call) }
        guard let price = model.price else { throw ModelFault(.unpriced(first), model: model.id) }
        let worst = WorstCase(
            price: price, inputTokens: inputTokens(), outputTokens: maxTokens ?? Self.usualMaxTokens)
        let (id, asked) = (TaskID.new().uuid, timing.now())
        var call = call
        switch try await spending.reserve(reservation(id, caps, worst)) {
        case .refused(let refusal):
            let isPassing = payer.isPatient && refusal.isPassing
            throw ModelFault(.costCap("\(refusal)", isPassing: isPassing), model: model.id)
        case .granted(let amount): call.maxTokens = worst.limit(within: amount)
        }
        call.timeLeft -= asked.duration(to: timing.now())
        return try await settling(id, spending, call, on: next)
    }

    private func reservation(_ id: UUID, _ caps: [SpendingCap], _ worst: WorstCase) -> Reservation {
        Reservation(
            id: id, caps: caps, amount: worst.amount, least: worst.least, purpose: payer.purpose, model: model.id,
            taskID: payer.taskID, isPatient: payer.isPatient)
    }

    private func settling<Answer: MeteredAnswer>(
        _ id: UUID, _ spending: any SpendGuard, _ call: Call, on next: @Sendable (Call) async throws -> Answer
    ) async throws -> Answer {
        guard !Task.isCancelled else {
            await spending.settle(.unmade(id))
            throw CancellationError()
        }
        do {
            let answer = try await next(call)
            let cost = answer.usageIsEstimated ? nil : answer.cost
            await spending.settle(CallSettlement(id: id, cost: cost, usage: answer.usage))
            return answer
        } catch let fault as ModelFault {
            let settlement = CallSettlement(
                id: id, cost: fault.billedCost, usage: fault.usage, fault: fault.reason.name)
            await spending.settle(settlement)
            throw fault
        } catch {
            await spending.settle(CallSettlement(id: id, cost: nil, fault: ModelCall.Outcome.cancelled.name))
            throw error
        }
    }
}

extension ModelFault {
    /// What the failed exchange is counted with; nil when nobody knows.
    fileprivate var billedCost: MicroUSD? {
        switch billing {
        case .nothing: .zero
        case .counted: cost
        case .unknown: nil
        }
    }
}

extension ModelFault.Reason {
    /// A cap cannot be kept with a model whose price nobody knows.
    fileprivate static func unpriced(_ cap: SpendingCap) -> ModelFault.Reason {
        .costCap(
            """
            it has no price, so \(cap.account) (\(cap.limit)) cannot be kept; give the model its cost_per_1k_input and \
            cost_per_1k_output, 0 where it is free
            """)
    }
}
