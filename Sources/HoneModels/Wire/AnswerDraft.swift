import HoneCore

/// An answer as far as it has come.
struct AnswerDraft: Sendable {
    var text = ""
    var toolCalls: [ToolCall] = []
    var finish: FinishReason?
    /// The protocol's own mark of the end was there.
    var hasEnded = false
    var refused = false
    /// As the endpoint reported it; nil when it has not.
    var usage: TokenUsage?

    /// Why this is not an answer; nil when it is one.
    var fault: ModelFault.Reason? {
        if refused || finish == .contentFilter { return .refused }
        if finish == nil && !hasEnded { return .incompleteAnswer }
        if text.isEmpty && toolCalls.isEmpty { return .emptyAnswer }
        return nil
    }
}

extension TokenUsage {
    /// Counts as an endpoint reports them, made plausible: none is negative, and no more is cached than was sent.
    init?(reportedInput input: Int?, cached: Int?, output: Int?) {
        guard input != nil || output != nil else { return nil }
        let bounds = 0...1_000_000_000
        let input = (input ?? 0).clamped(to: bounds)
        self.init(
            inputTokens: input, cachedInputTokens: (cached ?? 0).clamped(to: 0...input),
            outputTokens: (output ?? 0).clamped(to: bounds), llmCalls: 1)
    }
}

extension Int {
    fileprivate func clamped(to range: ClosedRange<Int>) -> Int {
        Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
    }
}
