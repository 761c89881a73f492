public import HTTP
public import HoneCore

/// How a catalogue treats its endpoints.
public struct ModelCatalogOptions: Sendable {
    /// Wraps a model's wire, below retries, budgets and metering.
    public typealias Wrapping = @Sendable (any ChatModel, ApprovedModel) -> any ChatModel

    public var retry: RetryPolicy
    public var circuit: CircuitBreaker.Policy
    public var timing: ModelTiming
    /// The client all endpoints share; nil makes one, which `shutdown` ends.
    public var client: HTTPClient?
    public var wrapping: Wrapping
    /// Keeps every answer, or answers from what was kept; it stands before all layers. Nil: neither.
    public var recorder: CallRecorder?
    /// Keeps calls within their caps; nil leaves them to themselves.
    public var spending: (any SpendGuard)?

    public init(
        retry: RetryPolicy = RetryPolicy(), circuit: CircuitBreaker.Policy = .init(), timing: ModelTiming = .system,
        client: HTTPClient? = nil, wrapping: @escaping Wrapping = { model, _ in model }, recorder: CallRecorder? = nil,
        spending: (any SpendGuard)? = nil
    ) {
        self.retry = retry
        self.circuit = circuit
        self.timing = timing
        self.client = client
        self.wrapping = wrapping
        self.recorder = recorder
        self.spending = spending
    }
}
