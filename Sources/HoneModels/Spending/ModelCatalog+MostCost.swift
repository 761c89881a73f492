public import HoneCore

extension ModelCatalog {
    /// The most that one exchange may cost, as it is set aside where a cap applies; nil for a model that is free, or not
    /// approved, or whose price is not known.
    public func mostCost(of request: ChatRequest, on id: ModelID) -> MicroUSD? {
        guard let model = model(id), !model.isFree, let price = model.price else { return nil }
        return WorstCase(
            price: price, inputTokens: TokenEstimate.atMost(request),
            outputTokens: request.parameters.maxTokens ?? BudgetLayer.usualMaxTokens
        ).amount
    }
}
