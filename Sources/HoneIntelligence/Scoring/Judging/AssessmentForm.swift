public import HoneCore

/// How an assessor answers.
public enum AssessmentForm: String, Sendable, CaseIterable {
    /// A short reason before each number of 0…1, or null where the model cannot say.
    case reasoned
    /// One integer of 1…5 per criterion and nothing else, for models too small to reason; n counts as (n − 1)/4.
    case forced

    /// The JSON Schema of an answer. Keys sort so that the reason comes before its score also where a server generates
    /// the answer in the schema's order.
    public func schema(for criteria: [Criterion]) -> JSONValue {
        let names = criteria.map(\.name)
        let members = Dictionary(names.map { ($0, self.member) }) { first, _ in first }
        return [
            "type": "object", "properties": .object(members),
            "required": .array(names.map(JSONValue.string)), "additionalProperties": false,
        ]
    }

    private var member: JSONValue {
        switch self {
        case .forced: ["type": "integer", "enum": [1, 2, 3, 4, 5]]
        case .reasoned:
            [
                "type": "object",
                "properties": [
                    "reason": ["type": "string"],
                    "score": ["type": ["number", "null"], "minimum": 0, "maximum": 1],
                ],
                "required": ["reason", "score"], "additionalProperties": false,
            ]
        }
    }

    func instruction(for criteria: [Criterion]) -> String {
        let example = criteria.map { "\"\($0.name)\": \(exampleMember)" }.joined(separator: ", ")
        return switch self {
        case .forced:
            """
            Answer only with JSON like {\(example)}, where each N is 1 (very bad), 2 (bad), 3 (fair), 4 (good) or 5 (very \
            good).
            """
        case .reasoned:
            """
            Answer only with JSON of this shape: {\(example)}. For each criterion give first a reason of at most \
            20 words, then a score between 0 (fails entirely) and 1 (could not be better), or null if you cannot say.
            """
        }
    }

    private var exampleMember: String {
        switch self {
        case .forced: "N"
        case .reasoned: "{\"reason\": \"…\", \"score\": 0.5}"
        }
    }
}
