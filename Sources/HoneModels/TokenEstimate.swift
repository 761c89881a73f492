import HoneCore

/// The count of tokens where nobody counted them: one for every four bytes of UTF-8, rounded up, a message or
/// text at least one.
///
/// It stands in where an endpoint does not say what it used, so that no call is taken for free, and it is what
/// `echo` reports.
enum TokenEstimate {
    static func tokens(in text: String) -> Int {
        max(1, (text.utf8.count + 3) / 4)
    }

    static func usage(of messages: [ChatMessage], outputBytes: Int) -> TokenUsage {
        TokenUsage(
            inputTokens: messages.reduce(0) { $0 + tokens(in: $1.text) }, outputTokens: (outputBytes + 3) / 4,
            llmCalls: 1)
    }
}
