/// What a model call may be told besides its messages. Absent leaves the endpoint's own default.
public struct ModelParameters: Hashable, Sendable, Codable {
    public var temperature: Double?
    public var topP: Double?
    public var maxTokens: Int?
    public var stop: [String]?
    public var seed: Int64?

    public init(
        temperature: Double? = nil, topP: Double? = nil, maxTokens: Int? = nil, stop: [String]? = nil,
        seed: Int64? = nil
    ) {
        self.temperature = temperature
        self.topP = topP
        self.maxTokens = maxTokens
        self.stop = stop
        self.seed = seed
    }

    private enum CodingKeys: String, CodingKey {
        case temperature, stop, seed
        case topP = "top_p"
        case maxTokens = "max_tokens"
    }
}

extension ModelParameters {
    /// These, with what `other` says in their place.
    public func overridden(by other: ModelParameters?) -> ModelParameters {
        guard let other else { return self }
        return ModelParameters(
            temperature: other.temperature ?? temperature, topP: other.topP ?? topP,
            maxTokens: other.maxTokens ?? maxTokens, stop: other.stop ?? stop, seed: other.seed ?? seed)
    }
}
