public import Foundation
import HTTP
public import HoneCore
import Synchronization

/// The models that may be used, ready to be asked.
///
/// Every call passes the fallback chain, and for each model retries, the endpoint's slots, its circuit breaker and the
/// meter. Models at the same base URL share slots and circuit.
public final class ModelCatalog: Sendable {
    private struct State {
        var models: [ModelID: ApprovedModel] = [:]
        var endpoints: [String: EndpointState] = [:]
    }

    private let state = Mutex(State())
    private let environment: [String: String]
    let options: ModelCatalogOptions
    private let client: HTTPClient
    private let observers: [any ModelCallObserver]

    /// `environment` gives the keys, by the names the models give, and `OPENAI_BASE_URL` for models that name no URL.
    public init(
        _ models: [ApprovedModel], environment: [String: String] = ProcessInfo.processInfo.environment,
        options: ModelCatalogOptions = .init(), observers: [any ModelCallObserver] = []
    ) {
        self.environment = environment
        self.options = options
        self.client = options.client ?? HTTPClient()
        self.observers = [ModelMetrics()] + observers
        replace(with: models)
    }

    /// Sorted by id.
    public var models: [ApprovedModel] {
        state.withLock { $0.models.values.sorted { $0.id < $1.id } }
    }

    public func model(_ id: ModelID) -> ApprovedModel? {
        state.withLock { $0.models[id] }
    }

    /// Takes over changed models and prices. Calls under way end as they began; endpoints keep their circuits
    /// and slots.
    public func replace(with models: [ApprovedModel]) {
        let models = Dictionary(models.map { ($0.id, $0) }) { _, last in last }
        state.withLock { $0.models = models }
    }

    /// Ends the HTTP client, unless it was passed in.
    public func shutdown() async {
        if options.client == nil { await client.shutdown() }
    }

    /// Asks a model, or those that stand in for it, handing out the answer as it comes.
    ///
    /// Throws `ModelFault`, `CancellationError`, or what `receive` or the recorder's store throws.
    public func chat(
        _ request: ChatRequest, on model: ModelID, receiving receive: @escaping ChatReceiver = { _ in }
    ) async throws -> ChatResponse {
        try await chatModel(model).respond(to: request, receiving: receive)
    }

    /// A model with its fallback chain. Throws a `ModelFault` when nobody approved it.
    public func chatModel(_ id: ModelID) throws -> any ChatModel {
        guard let approved = model(id) else { throw Self.unknown(id) }
        // The stand-ins' own stand-ins are left out: a chain is what one model lists, and never a circle.
        let others = approved.fallback.filter { $0 != id }.compactMap(model)
        let first = layered(approved)
        return recorded(
            others.isEmpty
                ? first : FallbackModel(first: first, others: others.map(layered), timing: options.timing), of: approved
        )
    }

    /// Whether a call now would reach an endpoint: the model's circuit, or that of one of its stand-ins, is not open.
    public func isAvailable(_ id: ModelID) -> Bool {
        guard let approved = model(id) else { return false }
        return ([approved] + approved.fallback.compactMap(model)).contains { model in
            model.provider == .echo || !endpointState(of: model).circuit.isOpen
        }
    }

    /// What a model lacks to be called, seen from here: approval, or its key. Nil when it lacks nothing.
    public func configurationFault(of id: ModelID) -> String? {
        guard let approved = model(id) else { return "no approved model has this id" }
        guard approved.provider != .echo, !isReplaying else { return nil }
        let endpoint = ModelEndpoint(of: approved, environment: environment)
        guard let variable = endpoint.keyVariable, endpoint.key == nil else { return nil }
        return "\(variable) is not set"
    }

    static func unknown(_ id: ModelID) -> ModelFault {
        ModelFault(.misconfigured("no approved model has this id"), model: id)
    }
}

// MARK: how a model is put together

extension ModelCatalog {
    private func layered(_ model: ApprovedModel) -> any ChatModel {
        LayeredModel(
            model: model, base: options.wrapping(wire(of: model), model),
            retry: RetryLayer(policy: options.retry, timing: options.timing),
            endpoint: model.provider == .echo ? nil : endpointState(of: model), observers: observers,
            timing: options.timing)
    }

    private func wire(of model: ApprovedModel) -> any ChatModel {
        let dialect: any ChatDialect
        switch model.provider {
        case .echo: return EchoModel(id: model.id)
        case .openai: dialect = OpenAIChat()
        case .anthropic: dialect = AnthropicMessages()
        }
        return RemoteChatModel(
            model: model, endpoint: ModelEndpoint(of: model, environment: environment), dialect: dialect,
            client: client, timing: options.timing)
    }

    private func endpointState(of model: ApprovedModel) -> EndpointState {
        let url = ModelEndpoint(of: model, environment: environment).baseURL
        return state.withLock { state in
            if let known = state.endpoints[url] { return known }
            let fresh = EndpointState(
                circuit: Circuit(options.circuit, timing: options.timing), timing: options.timing)
            state.endpoints[url] = fresh
            return fresh
        }
    }
}

// MARK: embeddings

extension ModelCatalog {
    /// Asks the endpoint itself.
    func embed(
        _ texts: [String], on approved: ApprovedModel, labels: [String: String], timeouts: ChatTimeouts
    ) async throws -> EmbeddingResponse {
        let wire = try embeddingModel(approved)
        let meter = MeterLayer(
            model: approved, kind: .embedding, labels: labels, traceparent: nil, messages: [], observers: observers,
            timing: options.timing)
        let call = Call(model: approved.id, timeLeft: timeouts.total, progress: AnswerProgress(options.timing))
        let start = options.timing.now()
        let retry = RetryLayer(policy: options.retry, timing: options.timing)
        var response = try await endpointState(of: approved).pass(
            call, retry: retry, limit: approved.concurrency, meter: meter
        ) { call in
            try await wire.embed(texts, timeouts: timeouts.leaving(call.timeLeft))
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
