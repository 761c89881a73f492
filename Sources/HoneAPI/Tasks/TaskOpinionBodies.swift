public import HoneCore
public import HoneStore

/// Another agent's review of a task's result.
public struct TaskReviewBody: Codable, Sendable {
    public var evaluatorAgentID: AgentID
    @OrNull public var score: Double?
    public var criteria: [String: Double]
    @OrNull public var feedback: String?

    enum CodingKeys: String, CodingKey {
        case score, criteria, feedback
        case evaluatorAgentID = "evaluator_agent_id"
    }

    init(_ review: ReviewRecord) {
        evaluatorAgentID = review.evaluatorAgentID
        score = review.score
        criteria = review.criteria
        feedback = review.feedback
    }
}

/// A judging model's opinion of a task's result.
public struct JudgementBody: Codable, Sendable {
    public var model: ModelID
    public var purpose: JudgementRecord.Purpose
    @OrNull public var accuracy: Double?
    @OrNull public var relevance: Double?
    @OrNull public var completeness: Double?
    @OrNull public var reason: String?

    init(_ judgement: JudgementRecord) {
        model = judgement.model
        purpose = judgement.purpose
        accuracy = judgement.accuracy
        relevance = judgement.relevance
        completeness = judgement.completeness
        reason = judgement.reason
    }
}

/// A person's opinion of a task's result.
public struct TaskFeedbackBody: Codable, Sendable {
    public var rating: Int
    @OrNull public var comment: String?
    @OrNull public var userID: String?
    public var tags: [String]

    enum CodingKeys: String, CodingKey {
        case rating, comment, tags
        case userID = "user_id"
    }

    init(_ feedback: FeedbackRecord) {
        rating = feedback.rating
        comment = feedback.comment
        userID = feedback.userID
        tags = feedback.tags
    }
}
