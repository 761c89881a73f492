/// What an approved model costs, from `approved_models_provider`, in dollars per thousand tokens.
public struct ModelPrice: Hashable, Sendable, Codable {
    public var inputPer1K: Double
    public var cachedInputPer1K: Double
    public var outputPer1K: Double

    public init(inputPer1K: Double, cachedInputPer1K: Double? = nil, outputPer1K: Double) {
        self.inputPer1K = inputPer1K
        self.cachedInputPer1K = cachedInputPer1K ?? inputPer1K
        self.outputPer1K = outputPer1K
    }

    /// The cost of one or more calls, rounded once to the nearest micro-dollar.
    public func cost(of usage: TokenUsage) -> MicroUSD {
        let fresh = Double(max(0, usage.inputTokens - usage.cachedInputTokens))
        let dollars =
            fresh / 1_000 * inputPer1K + Double(usage.cachedInputTokens) / 1_000 * cachedInputPer1K
            + Double(usage.outputTokens) / 1_000 * outputPer1K
        return MicroUSD(dollars: dollars)
    }
}
