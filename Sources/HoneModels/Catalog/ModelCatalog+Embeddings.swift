import HoneCore

extension ModelCatalog {
    /// Asks the endpoint itself.
    func embed(
        _ texts: [String], on approved: ApprovedModel, labels: [String: String], payer: CallPayer,
        timeouts: ChatTimeouts
    ) async throws -> EmbeddingResponse {
        let wire = try embeddingModel(approved)
        let meter = MeterLayer(
            model: approved, kind: .embedding, labels: labels, traceparent: nil, messages: [], observers: observers,
            timing: options.timing)
        let budget = BudgetLayer(
            spending: options.spending, model: approved, payer: payer, inputTokens: { TokenEstimate.atMost(texts) },
            maxTokens: 0, timing: options.timing)
        let call = Call(model: approved.id, timeLeft: timeouts.total, progress: AnswerProgress(options.timing))
        let start = options.timing.now()
        let retry = RetryLayer(policy: options.retry, timing: options.timing)
        var response = try await endpointState(of: approved).pass(
            call, retry: retry, limit: approved.concurrency
        ) { call in
            try await budget.pass(call) { call in
                try await meter.pass(call) { call in
                    try await wire.embed(texts, timeouts: timeouts.leaving(call.timeLeft))
                }
            }
        }
        response.duration = start.duration(to: options.timing.now())
        return response
    }

    private func embeddingModel(_ model: ApprovedModel) throws -> any EmbeddingModel {
        switch model.provider {
        case .echo: return EchoEmbeddings(id: model.id)
        case .anthropic:
            throw ModelFault(.misconfigured("Anthropic has no API for embeddings"), model: model.id)
        case .openai:
            return OpenAIEmbeddings(
                model: model, endpoint: ModelEndpoint(of: model, environment: environment), client: client,
                timing: options.timing)
        }
    }
}

extension ChatTimeouts {
    fileprivate func leaving(_ time: Duration) -> ChatTimeouts {
        ChatTimeouts(connect: connect, idle: idle, total: time)
    }
}
