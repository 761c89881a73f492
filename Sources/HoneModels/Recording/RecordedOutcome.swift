import HoneCore

/// What came of a call, as it is kept: enough to let it happen again.
struct RecordedOutcome: Codable, Hashable, Sendable {
    /// The pieces of the answer as they came; the text of a whole answer is all of them together.
    var pieces: [Piece] = []
    var answer: Answer?
    var vectors: Vectors?
    var fault: RecordedFault?

    /// One piece, and how long after the call it came.
    struct Piece: Codable, Hashable, Sendable {
        var nanoseconds: Int64
        var text: String
    }

    struct Answer: Codable, Hashable, Sendable {
        /// Nil: the pieces, joined.
        var text: String?
        var toolCalls: [ToolCall]?
        var finishReason: FinishReason
        var timeToFirstToken: Int64?
        var bill: Bill
    }

    struct Vectors: Codable, Hashable, Sendable {
        var vectors: [[Double]]
        var bill: Bill
    }

    /// What the call used, cost and took, times in nanoseconds: whole, so that they come back to the last bit.
    struct Bill: Codable, Hashable, Sendable {
        var model: ModelID
        var usage: TokenUsage
        var usageIsEstimated: Bool
        var costMicroUSD: Int64?
        var duration: Int64
    }
}

extension RecordedOutcome {
    init(_ response: ChatResponse, _ pieces: [Piece]) {
        let joined = pieces.map(\.text).joined()
        self.pieces = pieces
        answer = Answer(
            text: joined == response.text ? nil : response.text,
            toolCalls: response.toolCalls.isEmpty ? nil : response.toolCalls, finishReason: response.finishReason,
            timeToFirstToken: response.timeToFirstToken?.nanoseconds,
            bill: Bill(
                model: response.model, usage: response.usage, usageIsEstimated: response.usageIsEstimated,
                costMicroUSD: response.cost?.rawValue, duration: response.duration.nanoseconds))
    }

    init(_ response: EmbeddingResponse) {
        vectors = Vectors(
            vectors: response.vectors,
            bill: Bill(
                model: response.model, usage: response.usage, usageIsEstimated: response.usageIsEstimated,
                costMicroUSD: response.cost?.rawValue, duration: response.duration.nanoseconds))
    }

    init(_ fault: ModelFault, _ pieces: [Piece] = []) {
        self.pieces = pieces
        self.fault = RecordedFault(fault)
    }

    /// The same with its pieces in one, where a secret is cut up by them: apart they would not show it.
    func hiding(_ secrets: Redaction) -> RecordedOutcome {
        let text = pieces.map(\.text).joined()
        let hidden = secrets.hidden(in: text)
        guard hidden != text, let last = pieces.last else { return self }
        var outcome = self
        outcome.pieces = [Piece(nanoseconds: last.nanoseconds, text: hidden)]
        return outcome
    }

    /// The answer, if this is one.
    var response: ChatResponse? {
        guard let answer else { return nil }
        let bill = answer.bill
        return ChatResponse(
            text: answer.text ?? pieces.map(\.text).joined(), toolCalls: answer.toolCalls ?? [],
            finishReason: answer.finishReason, usage: bill.usage, usageIsEstimated: bill.usageIsEstimated,
            cost: bill.costMicroUSD.map { MicroUSD($0) }, model: bill.model,
            timeToFirstToken: answer.timeToFirstToken.map { .nanoseconds($0) }, duration: .nanoseconds(bill.duration))
    }

    var embedding: EmbeddingResponse? {
        guard let vectors else { return nil }
        let bill = vectors.bill
        return EmbeddingResponse(
            vectors: vectors.vectors, usage: bill.usage, usageIsEstimated: bill.usageIsEstimated,
            cost: bill.costMicroUSD.map { MicroUSD($0) }, model: bill.model, duration: .nanoseconds(bill.duration))
    }
}

extension Duration {
    /// Clocks count in them, so nothing is lost.
    var nanoseconds: Int64 { Int64(clamping: Int128(attoseconds / 1_000_000_000)) }
}
