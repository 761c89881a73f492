public import Foundation
public import HoneCore

/// A task as it stands: what was asked for and how far it has come.
public struct TaskRecord: Sendable, Decodable {
    public var id: TaskID
    public var submissionID: UUID
    public var status: TaskStatus
    public var category: HoneCore.Category?
    public var complexity: Int?
    /// Nil where the publisher gave the category; else how likely the router took it to be, 0 where it said none.
    public var categoryConfidence: Double?
    /// Whether the router said how complex the task is.
    public var complexityEstimated: Bool
    public var priority: Int
    public var deadline: Date?
    public var input: JSONValue
    public var constraints: TaskConstraints
    public var expected: Expectation?
    public var pin: TaskPin?
    public var metadata: JSONValue?
    public var unknown: [String: JSONValue]?
    public var userID: String?
    public var sessionID: String?
    public var replyTo: String?
    public var traceparent: String?
    public var experimentID: ExperimentID?
    public var parentTaskID: TaskID?
    /// The caller of the gateway whose task it is; nil for one that came by the streams.
    public var owner: String?
    public var agentID: AgentID?
    public var promptID: PromptID?
    public var routingDecisionID: RoutingDecisionID?
    /// 0 until it is first routed.
    public var attempt: Int
    /// The last attempt known to have failed; equal to `attempt` while the task waits for another agent.
    public var failedAttempt: Int
    public var output: JSONValue?
    public var errorCode: ErrorCode?
    public var errorMessage: String?
    public var createdAt: Date
    /// When its state last changed.
    public var movedAt: Date
    public var finishedAt: Date?

    public init(
        id: TaskID, submissionID: UUID, status: TaskStatus, category: HoneCore.Category? = nil,
        complexity: Int? = nil, categoryConfidence: Double? = nil, complexityEstimated: Bool = false, priority: Int,
        deadline: Date? = nil, input: JSONValue, constraints: TaskConstraints,
        expected: Expectation? = nil, pin: TaskPin? = nil, metadata: JSONValue? = nil,
        unknown: [String: JSONValue]? = nil, userID: String? = nil, sessionID: String? = nil, replyTo: String? = nil,
        traceparent: String? = nil, experimentID: ExperimentID? = nil, parentTaskID: TaskID? = nil,
        owner: String? = nil, agentID: AgentID? = nil, promptID: PromptID? = nil,
        routingDecisionID: RoutingDecisionID? = nil,
        attempt: Int, failedAttempt: Int, output: JSONValue? = nil, errorCode: ErrorCode? = nil,
        errorMessage: String? = nil, createdAt: Date, movedAt: Date, finishedAt: Date? = nil
    ) {
        self.id = id
        self.submissionID = submissionID
        self.status = status
        self.category = category
        self.complexity = complexity
        self.categoryConfidence = categoryConfidence
        self.complexityEstimated = complexityEstimated
        self.priority = priority
        self.deadline = deadline
        self.input = input
        self.constraints = constraints
        self.expected = expected
        self.pin = pin
        self.metadata = metadata
        self.unknown = unknown
        self.userID = userID
        self.sessionID = sessionID
        self.replyTo = replyTo
        self.traceparent = traceparent
        self.experimentID = experimentID
        self.parentTaskID = parentTaskID
        self.owner = owner
        self.agentID = agentID
        self.promptID = promptID
        self.routingDecisionID = routingDecisionID
        self.attempt = attempt
        self.failedAttempt = failedAttempt
        self.output = output
        self.errorCode = errorCode
        self.errorMessage = errorMessage
        self.createdAt = createdAt
        self.movedAt = movedAt
        self.finishedAt = finishedAt
    }

    /// Why it failed, expired or was cancelled.
    public var fault: TaskFault? { errorCode.map { TaskFault($0, errorMessage ?? "") } }
    /// Whether it waits for the router: new, or its last attempt failed.
    public var awaitsRouting: Bool { !status.isTerminal && failedAttempt == attempt }
}
