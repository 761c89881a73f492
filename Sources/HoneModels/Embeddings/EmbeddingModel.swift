public import HoneCore

/// A model that turns texts into vectors.
public protocol EmbeddingModel: Sendable {
    var id: ModelID { get }

    /// One vector per text, in the same order. Throws `ModelFault` or `CancellationError`.
    func embed(_ texts: [String], timeouts: ChatTimeouts) async throws -> EmbeddingResponse
}

/// The vectors of some texts.
public struct EmbeddingResponse: Hashable, Sendable {
    /// All of the same length, in the order of the texts.
    public var vectors: [[Double]]
    public var usage: TokenUsage
    /// The endpoint did not say what it used.
    public var usageIsEstimated: Bool
    /// nil when the model's price is not known.
    public var cost: MicroUSD?
    public var model: ModelID
    public var duration: Duration

    public init(
        vectors: [[Double]], usage: TokenUsage, usageIsEstimated: Bool = false, cost: MicroUSD? = nil, model: ModelID,
        duration: Duration = .zero
    ) {
        self.vectors = vectors
        self.usage = usage
        self.usageIsEstimated = usageIsEstimated
        self.cost = cost
        self.model = model
        self.duration = duration
    }
}

extension EmbeddingResponse: MeteredAnswer {
    var finishReason: FinishReason { .stop }
}
