public import HoneCore

/// A judge's or reviewer's answer, read. A criterion without a score is unknown.
public struct Assessment: Hashable, Sendable {
    public let scores: [String: Double]
    public let reasons: [String: String]

    /// Reads what a model answered to `prompt`. Prose or a fence around the JSON is tolerated, another shape is not: it
    /// throws what is wrong, for one repair; no score is ever invented.
    public init(_ answer: String, to prompt: AssessmentPrompt) throws(InvalidValue) {
        let object = try Self.verdict(in: answer, fitting: JSONSchema(prompt.schema))
        var scores: [String: Double] = [:]
        var reasons: [String: String] = [:]
        for criterion in prompt.criteria {
            guard let member = object[criterion.name] else { continue }
            switch prompt.form {
            case .forced:
                scores[criterion.name] = member.double.map { ($0 - 1) / 4 }
                reasons[criterion.name] = member.int.map { "\($0) of 5" }
            case .reasoned:
                scores[criterion.name] = member["score"]?.double
                reasons[criterion.name] = member["reason"]?.string
            }
        }
        self.scores = scores
        self.reasons = reasons
    }

    /// The one object that fits. Of several nobody knows which is the judge's: one may be quoted from the work.
    private static func verdict(in answer: String, fitting schema: JSONSchema) throws(InvalidValue) -> JSONValue {
        let objects = JSONText.objects(in: answer)
        guard let first = objects.first else {
            throw InvalidValue(path: "", found: "no JSON object", expected: "a verdict in JSON")
        }
        let verdicts = objects.filter { schema.violations(in: $0, limit: 1).isEmpty }
        guard let verdict = verdicts.first else {
            throw schema.violations(in: first, limit: 1).first
                ?? InvalidValue(path: "", found: "another shape", expected: "a verdict in JSON")
        }
        guard verdicts.allSatisfy({ $0.isSameJSON(as: verdict) }) else {
            throw InvalidValue(path: "", found: "\(verdicts.count) verdicts", expected: "one verdict and nothing else")
        }
        return verdict
    }

    /// The reasons as one text, in the order of `criteria`.
    func feedback(for criteria: [Criterion]) -> String {
        criteria.compactMap { criterion in
            guard let reason = reasons[criterion.name], !reason.isEmpty else { return nil }
            return "\(criterion.name): \(reason)"
        }.joined(separator: "\n")
    }
}
