import HoneCore

/// Measures each exchange, puts its price on it, and tells the observers.
struct MeterLayer: CallLayer {
    let model: ApprovedModel
    let kind: ModelCall.Kind
    let labels: [String: String]
    let traceparent: String?
    /// What is sent, for an estimate when the exchange breaks off.
    let messages: [ChatMessage]
    let observers: [any ModelCallObserver]
    let timing: ModelTiming

    func pass<Answer: MeteredAnswer>(
        _ call: Call, on next: @Sendable (Call) async throws -> Answer
    ) async throws -> Answer {
        var record = blank()
        let start = timing.now()
        do {
            var answer = try await next(call)
            answer.cost = model.price?.cost(of: answer.usage)
            record.usage = answer.usage
            record.usageIsEstimated = answer.usageIsEstimated
            record.outcome = .answered(answer.finishReason)
            await announce(record, of: call, since: start)
            return answer
        } catch var fault as ModelFault {
            charge(fault, to: &record, of: call)
            fault.model = model.id
            fault.usage = record.usage
            fault.cost = model.price?.cost(of: record.usage)
            record.outcome = .failed(fault.reason)
            await announce(record, of: call, since: start)
            throw fault
        } catch {
            charge(nil, to: &record, of: call)
            await announce(record, of: call, since: start)
            throw error
        }
    }

    private func blank() -> ModelCall {
        ModelCall(
            model: model.id, provider: model.provider, kind: kind, labels: labels, traceparent: traceparent,
            usage: TokenUsage(llmCalls: 1), usageIsEstimated: false, startedAt: timing.date(), duration: .zero,
            outcome: .cancelled)
    }

    /// What was generated is charged for, also when its end was never seen.
    private func charge(_ fault: ModelFault?, to record: inout ModelCall, of call: Call) {
        if let usage = fault?.usage, usage.totalTokens > 0 {
            record.usage = usage
        } else if call.progress.hasText {
            record.usage = TokenEstimate.usage(of: messages, outputBytes: call.progress.bytes)
            record.usageIsEstimated = true
        }
        record.usage.llmCalls = 1
    }

    private func announce(_ record: ModelCall, of call: Call, since start: ContinuousClock.Instant) async {
        var record = record
        record.cost = model.price?.cost(of: record.usage)
        record.duration = start.duration(to: timing.now())
        record.timeToFirstToken = call.progress.firstTextAt.map { start.duration(to: $0) }
        for observer in observers { await observer.finished(record) }
    }
}
