import HoneCore

/// Vectors that depend on nothing but the text: its words, each hashed to one of eight places, scaled to length one.
enum ScriptedEmbeddings {
    static let dimensions = 8

    static func answer(to request: ScriptedRequest, usage: ScriptedUsage?) -> JSONValue {
        let texts = request.body["input"]?.array?.compactMap(\.string) ?? request.body["input"]?.string.map { [$0] }
        let items = (texts ?? []).enumerated().map { index, text -> JSONValue in
            [
                "object": "embedding", "index": .integer(Int64(index)),
                "embedding": .array(vector(of: text).map { .number($0) }),
            ]
        }
        let words = (texts ?? []).reduce(0) { $0 + Answer.words(of: $1).count }
        return [
            "object": "list", "model": .string(request.model), "data": .array(items),
            "usage": ["prompt_tokens": .integer(Int64(usage.map { max($0.input, words) } ?? words))],
        ]
    }

    static func vector(of text: String) -> [Double] {
        var vector = Array(repeating: 0.0, count: dimensions)
        for word in text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
            vector[Int(hash(of: word) % UInt64(dimensions))] += 1
        }
        let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return length == 0 ? vector : vector.map { $0 / length }
    }

    /// FNV-1a: Swift's own hashes differ from run to run.
    private static func hash(of word: Substring) -> UInt64 {
        word.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
