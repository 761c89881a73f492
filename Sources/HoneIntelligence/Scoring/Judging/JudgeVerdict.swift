public import HoneCore

/// What a judge thinks of one task's work; what it could not say is nil.
public struct JudgeVerdict: Hashable, Sendable {
    public let accuracy: Double?
    public let relevance: Double?
    public let completeness: Double?
    public let feedback: String

    public init(accuracy: Double? = nil, relevance: Double? = nil, completeness: Double? = nil, feedback: String = "") {
        self.accuracy = accuracy
        self.relevance = relevance
        self.completeness = completeness
        self.feedback = feedback
    }

    /// Reads a model's answer; throws what is wrong with it, for one repair.
    public init(_ answer: String, to prompt: AssessmentPrompt) throws(InvalidValue) {
        let assessment = try Assessment(answer, to: prompt)
        accuracy = assessment.scores[JudgedScore.accuracy.rawValue]
        relevance = assessment.scores[JudgedScore.relevance.rawValue]
        completeness = assessment.scores[JudgedScore.completeness.rawValue]
        feedback = assessment.feedback(for: prompt.criteria)
    }
}
