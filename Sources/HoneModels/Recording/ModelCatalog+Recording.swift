public import HoneCore

extension ModelCatalog {
    /// No call leaves this process: all answers come from recordings.
    public var isReplaying: Bool { options.recorder?.mode == .replay }

    /// One vector per text. There is no fallback: vectors of different models cannot be compared.
    ///
    /// Throws `ModelFault`, `CancellationError`, or what the recorder's store throws.
    public func embed(
        _ texts: [String], on model: ModelID, labels: [String: String] = [:],
        payer: CallPayer = CallPayer(.embedding), timeouts: ChatTimeouts = .init()
    ) async throws -> EmbeddingResponse {
        guard let approved = self.model(model) else { throw Self.unknown(model) }
        guard let recorder = options.recorder else {
            return try await embed(texts, on: approved, labels: labels, payer: payer, timeouts: timeouts)
        }
        return try await recorder.embedding(texts, on: approved) {
            try await embed(texts, on: approved, labels: labels, payer: payer, timeouts: timeouts)
        }
    }

    func recorded(_ chain: any ChatModel, of model: ApprovedModel) -> any ChatModel {
        guard let recorder = options.recorder else { return chain }
        return RecordedModel(base: chain, model: model, recorder: recorder, timing: options.timing)
    }
}
