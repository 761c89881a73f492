public import HoneCore

/// What the end of an attempt tells of its answer, a text: who has put its tokens together knows by this that none is
/// missing, and need not ask the record.
public struct AnswerSummary: Hashable, Sendable {
    /// The length of the text in UTF-8.
    public var bytes: Int
    public var usage: TokenUsage
    public var finishReason: String?

    public init(bytes: Int, usage: TokenUsage, finishReason: String?) {
        self.bytes = bytes
        self.usage = usage
        self.finishReason = finishReason
    }

    fileprivate var data: [String: JSONValue] {
        var data: [String: JSONValue] = [
            "output_bytes": .integer(Int64(bytes)), "input_tokens": .integer(Int64(usage.inputTokens)),
            "output_tokens": .integer(Int64(usage.outputTokens)),
        ]
        data["finish_reason"] = finishReason.map(JSONValue.string)
        return data
    }

    fileprivate init?(_ data: JSONValue?) {
        guard let bytes = data?["output_bytes"]?.int, let input = data?["input_tokens"]?.int,
            let output = data?["output_tokens"]?.int
        else { return nil }
        self.init(
            bytes: bytes, usage: TokenUsage(inputTokens: input, outputTokens: output),
            finishReason: data?["finish_reason"]?.string)
    }
}

extension ProgressMade {
    /// An attempt has succeeded, and its result is on record.
    public init(completed assignment: TaskAssigned, _ summary: AnswerSummary?) {
        self.init(assignment, .state, TaskStatus.completed.rawValue, data: summary?.data ?? [:])
    }

    /// Nil for anything but the end of an attempt with a text for an answer.
    public var summary: AnswerSummary? {
        kind == .state && message == TaskStatus.completed.rawValue ? AnswerSummary(data) : nil
    }
}
