public import HoneCore

/// What to ask a model.
public struct ChatRequest: Hashable, Sendable {
    public var messages: [ChatMessage]
    public var parameters: ModelParameters
    public var responseFormat: ResponseFormat
    /// Tools in OpenAI's shape, passed through to the endpoint.
    public var tools: JSONValue?
    /// W3C trace context, sent as a header of the same name.
    public var traceparent: String?
    public var timeouts: ChatTimeouts
    /// The longest text accepted; a longer answer is a fault.
    public var maximumAnswerBytes: Int
    /// Who asks and what for (`task_id`, `purpose`, …): handed to observers untouched, never sent.
    public var labels: [String: String]
    /// On whose account it is.
    public var payer: CallPayer

    public init(
        _ messages: [ChatMessage], parameters: ModelParameters = .init(), responseFormat: ResponseFormat = .text,
        tools: JSONValue? = nil, traceparent: String? = nil, timeouts: ChatTimeouts = .init(),
        maximumAnswerBytes: Int = 1 << 20, labels: [String: String] = [:],
        payer: CallPayer = .init()
    ) {
        self.messages = messages
        self.parameters = parameters
        self.responseFormat = responseFormat
        self.tools = tools
        self.traceparent = traceparent
        self.timeouts = timeouts
        self.maximumAnswerBytes = maximumAnswerBytes
        self.labels = labels
        self.payer = payer
    }
}

/// One turn of a conversation.
public struct ChatMessage: Hashable, Sendable, Codable {
    public enum Role: String, Hashable, Sendable, Codable {
        case system, user, assistant
    }

    public var role: Role
    public var text: String

    public init(_ role: Role, _ text: String) {
        self.role = role
        self.text = text
    }

    public static func system(_ text: String) -> ChatMessage { .init(.system, text) }
    public static func user(_ text: String) -> ChatMessage { .init(.user, text) }
    public static func assistant(_ text: String) -> ChatMessage { .init(.assistant, text) }
}

/// The shape an answer must have.
public enum ResponseFormat: Hashable, Sendable {
    case text
    /// JSON that fits this JSON Schema, an object at its root. The endpoint forces it; with Anthropic by a tool call.
    case jsonSchema(name: String, schema: JSONValue, strict: Bool = true)
    /// One of these texts, as JSON: `PromptTemplate.reading(_:)` tells it as plain text.
    case choice([String])
}

/// How long a call may take.
public struct ChatTimeouts: Hashable, Sendable {
    public var connect: Duration
    /// The longest silence of the endpoint, also before its first token.
    public var idle: Duration
    /// The whole call: waiting for a free slot, every attempt, and the pauses between them.
    public var total: Duration

    public init(connect: Duration = .seconds(10), idle: Duration = .seconds(60), total: Duration = .seconds(120)) {
        self.connect = connect
        self.idle = idle
        self.total = total
    }
}
