public import HoneCore

/// A model that may be called, and what it costs. Names the variable of its key, never the key.
public struct ModelBody: Codable, Sendable {
    public var id: ModelID
    public var provider: ModelProvider
    @OrNull public var baseURL: String?
    public var model: String
    @OrNull public var apiKeyEnvironment: String?
    @OrNull public var inputPrice: Double?
    @OrNull public var cachedInputPrice: Double?
    @OrNull public var outputPrice: Double?
    public var concurrency: Int
    public var fallback: [ModelID]

    enum CodingKeys: String, CodingKey {
        case id, provider, model, concurrency, fallback
        case baseURL = "base_url"
        case apiKeyEnvironment = "api_key_env"
        case inputPrice = "cost_per_1k_input"
        case cachedInputPrice = "cost_per_1k_cached_input"
        case outputPrice = "cost_per_1k_output"
    }

    public init(_ model: ApprovedModel) {
        id = model.id
        provider = model.provider
        baseURL = model.baseURL
        self.model = model.model
        apiKeyEnvironment = model.apiKeyEnvironment
        inputPrice = model.price?.inputPer1K
        cachedInputPrice = model.price?.cachedInputPer1K
        outputPrice = model.price?.outputPer1K
        concurrency = model.concurrency
        fallback = model.fallback
    }
}
