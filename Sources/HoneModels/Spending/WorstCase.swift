import HoneCore

/// The most that one exchange can cost.
struct WorstCase {
    let price: ModelPrice
    let inputTokens: Int
    let outputTokens: Int

    var amount: MicroUSD { cost(output: outputTokens) }

    /// The prompt, and one token of an answer.
    var least: MicroUSD { cost(output: min(1, outputTokens)) }

    /// How long the answer may be if it is to cost no more than `amount`, prompt included; nil where its length is free.
    func limit(within amount: MicroUSD) -> Int? {
        guard price.outputPer1K > 0 else { return nil }
        let left = (amount.dollars - input) / price.outputPer1K * 1_000 + Self.slack
        return min(outputTokens, max(0, Int(min(left, 1e12))))
    }

    /// Dollars; cached input may be the dearer one.
    private var input: Double { Double(inputTokens) / 1_000 * max(price.inputPer1K, price.cachedInputPer1K) }

    /// Rounded up, so that it is never less than what the call is charged.
    private func cost(output tokens: Int) -> MicroUSD {
        let micros = (input + Double(tokens) / 1_000 * price.outputPer1K) * 1_000_000
        return MicroUSD(max(1, Int64(exactly: (micros - Self.slack).rounded(.up)) ?? .max))
    }

    /// Less than any price can tell apart, and more than binary fractions are off.
    private static let slack = 1e-6
}

extension TokenEstimate {
    /// No tokenizer makes more tokens than bytes, and a chat template adds a few to each message, a few dozen where
    /// nobody wrote a system message, and what a forced schema or a tool is announced with.
    static func atMost(_ request: ChatRequest) -> Int {
        var tokens = request.messages.reduce(0) { $0 + $1.text.utf8.count + 16 }
        if !request.messages.contains(where: { $0.role == .system }) { tokens += 64 }
        switch request.responseFormat {
        case .text: break
        case .jsonSchema(let name, let schema, _): tokens += name.utf8.count + bytes(of: schema) + announcement
        case .choice(let options): tokens += bytes(of: ResponseFormat.choiceObject(among: options)) + announcement
        }
        if let tools = request.tools { tokens += bytes(of: tools) + announcement }
        return tokens
    }

    static func atMost(_ texts: [String]) -> Int { texts.reduce(0) { $0 + $1.utf8.count + 16 } }

    private static let announcement = 1_024

    private static func bytes(of value: JSONValue) -> Int { (try? WireFormat.encode(value).count) ?? 0 }
}
