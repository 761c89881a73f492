public import HoneCore
public import HoneStore

/// `kind: Model`.
public struct ModelResource: Resource {
    public static let kind = "Model"
    public static let rank = 0

    public var id: ModelID
    public var provider: ModelProvider
    public var baseURL: String?
    public var model: String
    public var apiKeyEnvironment: String?
    public var inputPrice: Double?
    public var cachedInputPrice: Double?
    public var outputPrice: Double?
    public var concurrency: Int
    public var fallback: [ModelID]

    public var name: String { id.rawValue }

    enum CodingKeys: String, CodingKey {
        case id, provider, model, concurrency, fallback
        case baseURL = "base_url"
        case apiKeyEnvironment = "api_key_env"
        case inputPrice = "cost_per_1k_input"
        case cachedInputPrice = "cost_per_1k_cached_input"
        case outputPrice = "cost_per_1k_output"
    }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(ModelID.self, forKey: .id)
        provider = try fields.decodeWord(ModelProvider.self, forKey: .provider)
        baseURL = try fields.decodeIfPresent(String.self, forKey: .baseURL)
        model = try fields.decodeIfPresent(String.self, forKey: .model) ?? id.rawValue
        apiKeyEnvironment = try fields.decodeIfPresent(String.self, forKey: .apiKeyEnvironment)
        inputPrice = try fields.decodeIfPresent(Double.self, forKey: .inputPrice)
        cachedInputPrice = try fields.decodeIfPresent(Double.self, forKey: .cachedInputPrice)
        outputPrice = try fields.decodeIfPresent(Double.self, forKey: .outputPrice)
        concurrency = try fields.decodeIfPresent(Int.self, forKey: .concurrency) ?? 4
        fallback = try fields.decodeIfPresent([ModelID].self, forKey: .fallback) ?? []
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

    public func validate() throws(InvalidValue) {
        try ResourceRules.webAddress(baseURL, "base_url")
        try ResourceRules.variableName(apiKeyEnvironment, "api_key_env")
        try ResourceRules.capacity(concurrency, "concurrency")
        try ResourceRules.atLeast(0, inputPrice, "cost_per_1k_input")
        try ResourceRules.atLeast(0, cachedInputPrice, "cost_per_1k_cached_input")
        try ResourceRules.atLeast(0, outputPrice, "cost_per_1k_output")
        if (inputPrice == nil) != (outputPrice == nil) || (inputPrice == nil && cachedInputPrice != nil) {
            throw InvalidValue(
                path: inputPrice == nil ? "cost_per_1k_input" : "cost_per_1k_output", found: "nothing",
                expected: "both prices or none")
        }
    }

    var approved: ApprovedModel {
        let price = inputPrice.flatMap { input in
            outputPrice.map { ModelPrice(inputPer1K: input, cachedInputPer1K: cachedInputPrice, outputPer1K: $0) }
        }
        return ApprovedModel(
            id: id, provider: provider, baseURL: baseURL, model: model, apiKeyEnvironment: apiKeyEnvironment,
            price: price, concurrency: concurrency, fallback: fallback)
    }

    public func apply(to store: Store) async throws -> Applied {
        Applied(change: try await store.models.apply(approved))
    }

    public static func stored(in store: Store) async throws -> [ModelResource] {
        try await store.models.all().map { ModelResource($0) }
    }
}
