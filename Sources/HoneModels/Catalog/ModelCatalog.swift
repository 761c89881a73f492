public import Foundation
import HTTP
public import HoneCore
import Synchronization

/// The models that may be used, ready to be asked.
///
/// Every call passes the fallback chain, and for each model retries, the endpoint's slots, its circuit breaker, the
/// budgets and the meter. Models at the same base URL share slots and circuit.
public final class ModelCatalog: Sendable {
    private struct State {
        var models: [ModelID: ApprovedModel] = [:]
        var endpoints: [String: EndpointState] = [:]
    }

    private let state = Mutex(State())
    let environment: [String: String]
    let options: ModelCatalogOptions
    let client: HTTPClient
    let observers: [any ModelCallObserver]

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

    /// Asks a model, or those that stand in for it but for `excluded` ones, handing out the answer as it comes.
    ///
    /// Throws `ModelFault`, `CancellationError`, or what `receive` or the recorder's store throws.
    public func chat(
        _ request: ChatRequest, on model: ModelID, excluding excluded: Set<ModelID> = [],
        receiving receive: @escaping ChatReceiver = { _ in }
    ) async throws -> ChatResponse {
        try await chatModel(model, excluding: excluded).respond(to: request, receiving: receive)
    }

    /// A model with its fallback chain. Throws a `ModelFault` when nobody approved it.
    public func chatModel(_ id: ModelID, excluding excluded: Set<ModelID> = []) throws -> any ChatModel {
        guard let approved = model(id) else { throw Self.unknown(id) }
        // The stand-ins' own stand-ins are left out: a chain is what one model lists, and never a circle.
        let others = approved.fallback.filter { $0 != id && !excluded.contains($0) }.compactMap(model)
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
            spending: options.spending, timing: options.timing)
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

    func endpointState(of model: ApprovedModel) -> EndpointState {
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
