import HoneCore

/// Vectors without a model: the words of a text counted in 64 places and scaled to length one. Equal texts are
/// equal, similar ones near.
struct EchoEmbeddings: EmbeddingModel {
    static let dimensions = 64

    let id: ModelID

    func embed(_ texts: [String], timeouts: ChatTimeouts) async throws -> EmbeddingResponse {
        try Task.checkCancellation()
        let tokens = texts.reduce(0) { $0 + TokenEstimate.tokens(in: $1) }
        return EmbeddingResponse(
            vectors: texts.map(Self.vector), usage: TokenUsage(inputTokens: tokens, llmCalls: 1), model: id)
    }

    static func vector(of text: String) -> [Double] {
        var counts = Array(repeating: 0.0, count: dimensions)
        for word in text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
            counts[Int(hash(of: word) % UInt64(dimensions))] += 1
        }
        let length = counts.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return length == 0 ? counts : counts.map { $0 / length }
    }

    /// FNV-1a: Swift's own hashes differ from run to run.
    private static func hash(of word: Substring) -> UInt64 {
        word.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
