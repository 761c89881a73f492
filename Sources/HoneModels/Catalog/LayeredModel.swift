import HoneCore

/// A model with everything that stands before its endpoint: from the outside in, retries, slots, circuit,
/// budget, meter.
struct LayeredModel: ChatModel {
    let model: ApprovedModel
    let base: any ChatModel
    let retry: RetryLayer
    /// nil for a model that needs none, and so nothing before it but the meter.
    let endpoint: EndpointState?
    let observers: [any ModelCallObserver]
    let spending: (any SpendGuard)?
    let timing: ModelTiming

    var id: ModelID { model.id }

    func respond(to request: ChatRequest, receiving receive: @escaping ChatReceiver) async throws -> ChatResponse {
        let start = timing.now()
        let progress = AnswerProgress(timing)
        let receiver = progress.watching(receive)
        let call = Call(model: id, timeLeft: request.timeouts.total, progress: progress)
        let wire: @Sendable (Call) async throws -> ChatResponse = { call in
            var request = request
            request.timeouts.total = call.timeLeft
            request.parameters.maxTokens = call.maxTokens ?? request.parameters.maxTokens
            return try await base.respond(to: request, receiving: receiver)
        }
        let (budget, meter) = (budget(for: request), meter(for: request))
        let exchange: @Sendable (Call) async throws -> ChatResponse = { call in
            try await budget.pass(call) { call in try await meter.pass(call, on: wire) }
        }
        var response =
            if let endpoint {
                try await endpoint.pass(call, retry: retry, limit: model.concurrency, to: exchange)
            } else {
                try await exchange(call)
            }
        response.timeToFirstToken = progress.firstTextAt.map { start.duration(to: $0) }
        response.duration = start.duration(to: timing.now())
        return response
    }

    private func budget(for request: ChatRequest) -> BudgetLayer {
        BudgetLayer(
            spending: spending, model: model, payer: request.payer, inputTokens: { TokenEstimate.atMost(request) },
            maxTokens: request.parameters.maxTokens, timing: timing)
    }

    private func meter(for request: ChatRequest) -> MeterLayer {
        MeterLayer(
            model: model, kind: .chat, labels: request.labels, traceparent: request.traceparent,
            messages: request.messages, observers: observers, timing: timing)
    }
}

/// What all models at one base URL share.
struct EndpointState: Sendable {
    let slots = SlotQueue()
    let circuit: Circuit
    let timing: ModelTiming

    /// Retries wait outside the slot, so that nobody holds one while doing nothing.
    func pass<Answer: MeteredAnswer>(
        _ call: Call, retry: RetryLayer, limit: Int, to exchange: @Sendable (Call) async throws -> Answer
    ) async throws -> Answer {
        let slots = LimitLayer(slots: slots, limit: limit, timing: timing)
        let circuit = CircuitLayer(circuit: circuit)
        return try await retry.pass(call) { call in
            try await slots.pass(call) { call in
                try await circuit.pass(call, on: exchange)
            }
        }
    }
}
