/// One answer of a scripted model: what it says, how slowly, and how it misbehaves.
public struct ScriptedReply: Hashable, Sendable, Codable {
    /// What it says; nil picks from `labels`, and without those echoes the last user message.
    public var text: String?
    /// The first label whose pattern the last user message matches is the answer.
    public var labels: [ScriptedLabel]?
    /// The arguments of a tool call that is made instead of saying something, as JSON text, and the tool's name.
    public var toolCall: ScriptedToolCall?
    /// The wire protocol's own word for why the answer ended: `stop`, `length`, `end_turn`, ….
    public var finish: String?
    public var usage: ScriptedUsage?
    public var firstTokenDelayMilliseconds: Int?
    /// The pause before every token but the first.
    public var tokenDelayMilliseconds: Int?
    public var misbehaviour: ScriptedMisbehaviour?
    /// With `.status`: which.
    public var status: Int?
    /// With `.status`: the `Retry-After` header, in seconds or as an HTTP date.
    public var retryAfter: String?
    /// With `.hugeAnswer`: how long the text is; 8 MiB when nil.
    public var bytes: Int?

    private enum CodingKeys: String, CodingKey {
        case text, labels, finish, usage, misbehaviour, status, bytes
        case toolCall = "tool_call"
        case firstTokenDelayMilliseconds = "first_token_delay_ms"
        case tokenDelayMilliseconds = "token_delay_ms"
        case retryAfter = "retry_after"
    }

    public init(
        text: String? = nil, labels: [ScriptedLabel]? = nil, toolCall: ScriptedToolCall? = nil, finish: String? = nil,
        usage: ScriptedUsage? = nil, firstTokenDelayMilliseconds: Int? = nil, tokenDelayMilliseconds: Int? = nil,
        misbehaviour: ScriptedMisbehaviour? = nil, status: Int? = nil, retryAfter: String? = nil, bytes: Int? = nil
    ) {
        self.text = text
        self.labels = labels
        self.toolCall = toolCall
        self.finish = finish
        self.usage = usage
        self.firstTokenDelayMilliseconds = firstTokenDelayMilliseconds
        self.tokenDelayMilliseconds = tokenDelayMilliseconds
        self.misbehaviour = misbehaviour
        self.status = status
        self.retryAfter = retryAfter
        self.bytes = bytes
    }

    public static let echo = ScriptedReply()

    public static func text(_ text: String) -> ScriptedReply {
        ScriptedReply(text: text)
    }

    public static func misbehaving(_ misbehaviour: ScriptedMisbehaviour) -> ScriptedReply {
        ScriptedReply(misbehaviour: misbehaviour)
    }

    public static func status(_ status: Int, retryAfter: String? = nil) -> ScriptedReply {
        ScriptedReply(misbehaviour: .status, status: status, retryAfter: retryAfter)
    }
}

/// A label and the pattern of the messages that deserve it.
public struct ScriptedLabel: Hashable, Sendable, Codable {
    public var pattern: String
    public var label: String

    public init(_ label: String, matching pattern: String) {
        self.label = label
        self.pattern = pattern
    }
}

public struct ScriptedToolCall: Hashable, Sendable, Codable {
    public var name: String
    public var arguments: String

    public init(name: String, arguments: String) {
        self.name = name
        self.arguments = arguments
    }
}

/// What the server claims to have used, instead of one token per word.
public struct ScriptedUsage: Hashable, Sendable, Codable {
    public var input: Int
    public var output: Int
    public var cached: Int?

    public init(input: Int, output: Int, cached: Int? = nil) {
        self.input = input
        self.output = output
        self.cached = cached
    }
}

/// A way in which real model servers are known to fail.
public enum ScriptedMisbehaviour: String, Hashable, Sendable, Codable, CaseIterable {
    /// 200 with bytes that are no answer.
    case garbage
    /// The model declines, in its protocol's way (`refusal`, `stop_reason`).
    case refusal
    /// `finish_reason: content_filter`.
    case contentFilter = "content_filter"
    /// A proper answer that says nothing.
    case empty
    /// Never answers.
    case hang
    /// Says half of it and then nothing more, the connection open.
    case stall
    /// Says half of it and ends the body properly, without the protocol's end.
    case halfStream = "half_stream"
    /// Says half of it and drops the connection.
    case cutStream = "cut_stream"
    /// Says half of it and reports an overload inside the stream.
    case errorInStream = "error_in_stream"
    /// A negative and an absurd count of tokens.
    case wrongUsage = "wrong_usage"
    /// Never says what was used.
    case noUsage = "no_usage"
    /// A text far longer than anybody asked for.
    case hugeAnswer = "huge_answer"
    /// Answers the whole text as one JSON body although a stream was asked for.
    case ignoresStreaming = "ignores_streaming"
    /// An HTTP error in the protocol's shape; its text repeats the key, as careless servers do.
    case status
}
