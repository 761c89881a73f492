public import Foundation
public import HoneCore
public import HoneStore

/// Everything on record about one task.
public struct TaskBody: Codable, Sendable {
    public var taskID: TaskID
    public var status: TaskStatus
    @OrNull public var category: HoneCore.Category?
    @OrNull public var complexity: Int?
    /// How likely the router took its category to be; null where the publisher gave it, 0 where none was likely enough.
    @OrNull public var categoryConfidence: Double?
    /// Whether the router said how complex it is.
    public var complexityEstimated: Bool
    public var priority: Int
    @OrNull public var deadline: Date?
    @OrNull public var input: JSONValue?
    public var constraints: TaskConstraints
    @OrNull public var expected: Expectation?
    @OrNull public var metadata: JSONValue?
    @OrNull public var userID: String?
    @OrNull public var sessionID: String?
    @OrNull public var agentID: AgentID?
    @OrNull public var promptID: PromptID?
    public var attempt: Int
    @OrNull public var output: JSONValue?
    @OrNull public var error: TaskFault?
    @OrNull public var experimentID: ExperimentID?
    @OrNull public var parentTaskID: TaskID?
    public var createdAt: Date
    @OrNull public var finishedAt: Date?
    public var attempts: [AttemptBody]
    public var routingDecisions: [DecisionBody]
    @OrNull public var scores: Scores?
    @OrNull public var passed: Bool?
    public var reviews: [TaskReviewBody]
    public var judgements: [JudgementBody]
    public var feedback: [TaskFeedbackBody]

    enum CodingKeys: String, CodingKey {
        case status, category, complexity, priority, deadline, input, constraints, expected, metadata, attempt, output
        case error, attempts, scores, passed, reviews, judgements, feedback
        case taskID = "task_id"
        case categoryConfidence = "category_confidence"
        case complexityEstimated = "complexity_estimated"
        case userID = "user_id"
        case sessionID = "session_id"
        case agentID = "agent_id"
        case promptID = "prompt_id"
        case experimentID = "experiment_id"
        case parentTaskID = "parent_task_id"
        case createdAt = "created_at"
        case finishedAt = "finished_at"
        case routingDecisions = "routing_decisions"
    }

    public init(_ detail: TaskDetail) {
        let task = detail.task
        taskID = task.id
        status = task.status
        category = task.category
        complexity = task.complexity
        categoryConfidence = task.categoryConfidence
        complexityEstimated = task.complexityEstimated
        priority = task.priority
        deadline = task.deadline
        input = task.input
        constraints = task.constraints
        expected = task.expected
        metadata = task.metadata
        userID = task.userID
        sessionID = task.sessionID
        agentID = task.agentID
        promptID = task.promptID
        attempt = task.attempt
        output = task.output
        error = task.fault
        experimentID = task.experimentID
        parentTaskID = task.parentTaskID
        createdAt = task.createdAt
        finishedAt = task.finishedAt
        attempts = detail.executions.map(AttemptBody.init)
        routingDecisions = detail.decisions.map(DecisionBody.init)
        scores = detail.score?.scores
        passed = detail.score?.passed
        reviews = detail.reviews.map(TaskReviewBody.init)
        judgements = detail.judgements.map(JudgementBody.init)
        feedback = detail.feedback.map(TaskFeedbackBody.init)
    }
}
