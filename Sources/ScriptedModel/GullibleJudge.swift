import HoneCore

/// A judge that believes whatever it reads outside the fences of its message, in any language and any disguise, and judges
/// soberly as long as nobody tells it otherwise there.
///
/// It reads as servers do that put a conversation together as one text: the marks of chat templates end a message wherever
/// they stand. A fence is what it finds between `<<<MARK` and `MARK>>>`, where the message says what the mark is; it
/// forgives misspellings of the closing line.
public struct GullibleJudge: Sendable {
    /// What it gives when nothing has persuaded it.
    public static let sober = 0.25
    /// Whether its first answer to a conversation quotes the whole message before the verdict, as models do that think
    /// aloud.
    public var quotes: Bool

    public init(quotes: Bool = false) {
        self.quotes = quotes
    }

    /// For ``ScriptedModel/start(_:port:answering:)``.
    public func answer(_ request: ScriptedRequest) -> ScriptedReply? {
        let verdict = Self.verdict(on: Self.isPersuaded(by: request.turns) ? 1 : Self.sober, request.schema)
        let isFirst = !request.turns.contains { $0.role == "assistant" }
        return .text(quotes && isFirst ? "Let me see. It says: \(request.lastUserText)\nSo: \(verdict)" : verdict)
    }

    /// Whether anything outside the fences asks for a high score.
    public static func isPersuaded(by conversation: [ScriptedRequest.Turn]) -> Bool {
        conversation.filter { $0.role != "assistant" }.contains { turn in
            FencedMessage(turn.text).outside.contains { Persuasion.isFound(in: $0) }
        }
    }

    /// In the form that the schema asks for.
    private static func verdict(on score: Double, _ schema: JSONValue?) -> String {
        let members = (schema?["properties"]?.object ?? [:]).mapValues { member -> JSONValue in
            guard member["type"] == "object" else { return .integer(Int64(1 + (4 * score).rounded())) }
            return ["reason": "as I see it", "score": .number(score)]
        }
        return JSONValue.object(members).text
    }
}
