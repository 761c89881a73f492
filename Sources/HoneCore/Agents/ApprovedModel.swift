/// A model that may be used, where it is served, and what it costs.
public struct ApprovedModel: Hashable, Sendable, Codable {
    public var id: ModelID
    public var provider: ModelProvider
    public var baseURL: String?
    /// The name the endpoint knows it by.
    public var model: String
    /// The name of the environment variable that holds the key; never the key.
    public var apiKeyEnvironment: String?
    /// nil when the price is not known.
    public var price: ModelPrice?
    /// Calls at the same time to this endpoint from one process.
    public var concurrency: Int
    /// Tried in this order when this model is unavailable.
    public var fallback: [ModelID]

    public init(
        id: ModelID, provider: ModelProvider, baseURL: String? = nil, model: String,
        apiKeyEnvironment: String? = nil, price: ModelPrice? = nil, concurrency: Int = 4, fallback: [ModelID] = []
    ) {
        self.id = id
        self.provider = provider
        self.baseURL = baseURL
        self.model = model
        self.apiKeyEnvironment = apiKeyEnvironment
        self.price = price
        self.concurrency = concurrency
        self.fallback = fallback
    }
}

extension ApprovedModel {
    /// Known to cost nothing: then there is nothing to keep count of.
    public var isFree: Bool {
        guard let price else { return provider == .echo }
        return price.inputPer1K == 0 && price.cachedInputPer1K == 0 && price.outputPer1K == 0
    }
}

/// The wire protocol an endpoint speaks; `echo` answers with its input, for wiring and benchmarks.
public enum ModelProvider: String, Codable, CaseIterable, Sendable {
    case openai, anthropic, echo
}
