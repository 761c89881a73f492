/// One task that a prompt did, as a reflection model is shown it.
public struct ReflectionTrace: Sendable, Hashable, Codable {
    public let caseID: String
    public let input: String
    public let output: String
    /// What should have come out; nil when nobody knows it.
    public let expected: String?
    /// In 0…1.
    public let score: Double
    /// What the check, the judge or the reviewers said.
    public let feedback: String
    /// Thoughts and calls of tools on the way, where there were any.
    public let steps: [String]

    public init(
        caseID: String, input: String, output: String, expected: String? = nil, score: Double, feedback: String = "",
        steps: [String] = []
    ) {
        self.caseID = caseID
        self.input = input
        self.output = output
        self.expected = expected
        self.score = score
        self.feedback = feedback
        self.steps = steps
    }

    /// With what is too long cut in its middle.
    func text(number: Int, longest: Int) -> String {
        let parts =
            [("input", input)] + steps.map { ("step", $0) } + [("output", output)]
            + (expected.map { [("expected", $0)] } ?? []) + (feedback.isEmpty ? [] : [("feedback", feedback)])
        let lines = parts.map { "\($0.0): \(Self.shorten($0.1, to: longest))" }
        return (["Task \(number), score \(score.formatted)"] + lines).joined(separator: "\n")
    }

    private static func shorten(_ text: String, to limit: Int) -> String {
        guard text.count > limit else { return text }
        return "\(text.prefix(limit / 2)) […] \(text.suffix(limit / 2))"
    }
}

extension Double {
    /// To two places.
    fileprivate var formatted: String {
        let hundredths = Int((self * 100).rounded())
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }
}
