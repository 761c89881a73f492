import HoneCore

/// One call on its way down to the wire.
struct Call: Sendable {
    let model: ModelID
    /// What is left of the caller's time.
    var timeLeft: Duration
    /// The longest answer that is paid for, in tokens; nil where nothing limits it besides the request.
    var maxTokens: Int?
    let progress: AnswerProgress
}

/// What came back, with what it used and cost.
protocol MeteredAnswer: Sendable {
    var usage: TokenUsage { get set }
    var usageIsEstimated: Bool { get }
    var cost: MicroUSD? { get set }
    var finishReason: FinishReason { get }
}

extension ChatResponse: MeteredAnswer {}

/// Something every call passes through: retries, the limit, the circuit, the meter.
protocol CallLayer: Sendable {
    func pass<Answer: MeteredAnswer>(
        _ call: Call, on next: @Sendable (Call) async throws -> Answer
    ) async throws -> Answer
}
