public import Foundation
public import HoneCore

/// A task as it was asked for, on its way into the record.
public struct Submission: Sendable {
    public var taskID: TaskID
    /// The message that brought it: a redelivery carries the same one.
    public var submissionID: UUID
    public var input: JSONValue
    public var category: HoneCore.Category?
    public var complexity: Int?
    public var priority: Int
    public var deadline: Date?
    public var constraints: TaskConstraints?
    public var expected: Expectation?
    public var pin: TaskPin?
    public var metadata: JSONValue?
    public var userID: String?
    public var sessionID: String?
    public var replyTo: String?
    public var traceparent: String?
    public var experimentID: ExperimentID?
    public var parentTaskID: TaskID?
    /// The caller of the gateway whose task it is; nil for one that came by the streams.
    public var owner: String?
    /// Members that this version does not know, kept as they came.
    public var unknown: [String: JSONValue]

    public init(
        taskID: TaskID, submissionID: UUID, input: JSONValue, category: HoneCore.Category? = nil,
        complexity: Int? = nil, priority: Int = 5, deadline: Date? = nil, constraints: TaskConstraints? = nil,
        expected: Expectation? = nil, pin: TaskPin? = nil, metadata: JSONValue? = nil, userID: String? = nil,
        sessionID: String? = nil, replyTo: String? = nil, traceparent: String? = nil,
        experimentID: ExperimentID? = nil, parentTaskID: TaskID? = nil, owner: String? = nil,
        unknown: [String: JSONValue] = [:]
    ) {
        self.taskID = taskID
        self.submissionID = submissionID
        self.input = input
        self.category = category
        self.complexity = complexity
        self.priority = priority
        self.deadline = deadline
        self.constraints = constraints
        self.expected = expected
        self.pin = pin
        self.metadata = metadata
        self.userID = userID
        self.sessionID = sessionID
        self.replyTo = replyTo
        self.traceparent = traceparent
        self.experimentID = experimentID
        self.parentTaskID = parentTaskID
        self.owner = owner
        self.unknown = unknown
    }
}

/// What became of a submission.
public enum Acceptance: Sendable {
    /// It is on record now and waits for an agent.
    case new
    /// This very message was accepted before; its follow-up may have been lost, so publish that again from the record.
    case again(TaskRecord)
    /// Another message for a task that is known already; `differs` says whether it asks for something else.
    case known(TaskRecord, differs: Bool)

    public var isNew: Bool { if case .new = self { true } else { false } }
}
