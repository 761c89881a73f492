public import HoneCore

/// What a reviewer thinks of one task's work.
public struct ReviewVerdict: Hashable, Sendable {
    /// Each criterion that the reviewer could judge, 0…1.
    public let criteria: [String: Double]
    /// Their mean; nil, *unknown*, when there are none.
    public let score: Double?
    /// The reviewer's words, whole.
    public let feedback: String

    /// Reads a model's answer; throws what is wrong with it, for one repair.
    public init(_ answer: String, to prompt: AssessmentPrompt) throws(InvalidValue) {
        let assessment = try Assessment(answer, to: prompt)
        criteria = assessment.scores
        let known = prompt.criteria.compactMap { assessment.scores[$0.name] }
        score = known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
        feedback = assessment.feedback(for: prompt.criteria)
    }
}
