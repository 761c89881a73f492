import Foundation
public import HoneCore

/// A whole answer.
public struct ChatResponse: Hashable, Sendable {
    public var text: String
    public var toolCalls: [ToolCall]
    public var finishReason: FinishReason
    /// What the call used, its failed attempts included.
    public var usage: TokenUsage
    /// The endpoint did not say what it used; see `TokenEstimate`.
    public var usageIsEstimated: Bool
    /// nil when the model's price is not known.
    public var cost: MicroUSD?
    /// The model that answered: with a fallback not the one that was asked.
    public var model: ModelID
    /// From the call to the first text; nil when there was none.
    public var timeToFirstToken: Duration?
    /// From the call to the end, waiting and retries included.
    public var duration: Duration

    public init(
        text: String, toolCalls: [ToolCall] = [], finishReason: FinishReason = .stop, usage: TokenUsage = .init(),
        usageIsEstimated: Bool = false, cost: MicroUSD? = nil, model: ModelID, timeToFirstToken: Duration? = nil,
        duration: Duration = .zero
    ) {
        self.text = text
        self.toolCalls = toolCalls
        self.finishReason = finishReason
        self.usage = usage
        self.usageIsEstimated = usageIsEstimated
        self.cost = cost
        self.model = model
        self.timeToFirstToken = timeToFirstToken
        self.duration = duration
    }

    /// The text read as JSON. Throws a `ModelFault` that another try may cure when it is not that.
    public func json<Value: Decodable>(_ type: Value.Type) throws -> Value {
        do {
            return try WireFormat.decode(type, from: Data(text.utf8))
        } catch {
            let reason = ModelFault.Reason.invalidAnswer("\(error.path): expected \(error.expected)")
            throw ModelFault(reason, model: model, usage: usage, cost: cost)
        }
    }
}

/// A tool the model wants to be called.
public struct ToolCall: Hashable, Sendable, Codable {
    public var id: String
    public var name: String
    /// JSON as the model wrote it; it may be broken.
    public var arguments: String

    public init(id: String, name: String, arguments: String) {
        self.id = id
        self.name = name
        self.arguments = arguments
    }
}
