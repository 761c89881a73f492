public import HTTP
public import HoneCore

/// How a catalogue treats its endpoints.
public struct ModelCatalogOptions: Sendable {
    /// Wraps a model's wire, below retries and metering: recording, replay, budgets that must refuse a call.
    public typealias Wrapping = @Sendable (any ChatModel, ApprovedModel) -> any ChatModel

    public var retry: RetryPolicy
    public var circuit: CircuitBreaker.Policy
    public var timing: ModelTiming
    /// The client all endpoints share; nil makes one, which `shutdown` ends.
    public var client: HTTPClient?
    public var wrapping: Wrapping

    public init(
        retry: RetryPolicy = RetryPolicy(), circuit: CircuitBreaker.Policy = .init(), timing: ModelTiming = .system,
        client: HTTPClient? = nil, wrapping: @escaping Wrapping = { model, _ in model }
    ) {
        self.retry = retry
        self.circuit = circuit
        self.timing = timing
        self.client = client
        self.wrapping = wrapping
    }
}
