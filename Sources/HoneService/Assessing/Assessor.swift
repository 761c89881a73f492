public import HoneCore
public import HoneIntelligence
public import HoneModels

/// Asks a model to judge work: the answer's shape is forced, a broken one gets one repair, and what cannot be read then
/// is unknown.
public struct Assessor: Sendable {
    private let catalog: ModelCatalog

    public init(_ catalog: ModelCatalog) {
        self.catalog = catalog
    }

    /// What an assessment came to, and what it cost either way.
    public struct Answer<Verdict: Sendable>: Sendable {
        /// nil: the model could not say.
        public var verdict: Verdict?
        public var model: ModelID
        public var usage = TokenUsage()
        public var cost: MicroUSD?
        public var duration: Duration = .zero
    }

    /// Of the models that may stand in for `model`, `excluded` ones are not asked. Throws `ModelFault` when the model
    /// cannot be reached: that is no opinion.
    public func ask<Verdict: Sendable>(
        _ prompt: AssessmentPrompt, on model: ModelID, excluding excluded: Set<ModelID> = [], payer: CallPayer,
        traceparent: String?, timeouts: ChatTimeouts = .init(),
        read: (String) throws(InvalidValue) -> Verdict
    ) async throws -> Answer<Verdict> {
        var answer = Answer<Verdict>(model: model)
        var messages: [ChatMessage] = [.system(prompt.system), .user(prompt.user)]
        for isLast in [false, true] {
            let response = try await catalog.chat(
                request(prompt, messages, payer, traceparent, timeouts), on: model, excluding: excluded)
            answer.add(response)
            do throws(InvalidValue) {
                answer.verdict = try read(response.text)
                return answer
            } catch {
                if isLast { return answer }
                messages += [.assistant(response.text), .user(AssessmentPrompt.repair(after: error))]
            }
        }
        return answer
    }

    private func request(
        _ prompt: AssessmentPrompt, _ messages: [ChatMessage], _ payer: CallPayer, _ traceparent: String?,
        _ timeouts: ChatTimeouts
    ) -> ChatRequest {
        ChatRequest(
            messages,
            parameters: ModelParameters(temperature: AssessmentPrompt.temperature, maxTokens: prompt.maximumTokens),
            responseFormat: .jsonSchema(name: "verdict", schema: prompt.schema),
            traceparent: traceparent, timeouts: timeouts, payer: payer)
    }
}

extension Assessor.Answer {
    fileprivate mutating func add(_ response: ChatResponse) {
        model = response.model
        usage = usage + response.usage
        cost = response.cost.map { $0 + (cost ?? .zero) } ?? cost
        duration += response.duration
    }
}
