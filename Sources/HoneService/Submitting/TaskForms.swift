public import Foundation
import HoneBus
public import HoneCore
public import HoneMessages
public import HoneStore

// The same task in its three forms: as a message, as a submission to the record, and as the record holds it.

extension Submission {
    /// `message` is the id by which the router will know the message that brings it.
    public init(
        _ task: TaskSubmitted, id: TaskID, message: UUID, traceparent: String?, owner: String? = nil
    ) {
        self.init(
            taskID: id, submissionID: message, input: task.input, category: task.category,
            complexity: task.complexity, priority: task.priority ?? TaskSubmitted.defaultPriority,
            deadline: task.deadline, constraints: task.constraints, expected: task.expected, pin: task.pin,
            metadata: task.metadata, userID: task.userID, sessionID: task.sessionID, replyTo: task.replyTo,
            traceparent: traceparent, experimentID: task.experimentID, parentTaskID: task.parentTaskID, owner: owner,
            unknown: task.unknown)
    }
}

extension TaskRecord {
    /// A task that has just been accepted, without asking the record for it.
    public init(accepted submission: Submission, at now: Date) {
        self.init(
            id: submission.taskID, submissionID: submission.submissionID, status: .submitted,
            category: submission.category, complexity: submission.complexity, priority: submission.priority,
            deadline: submission.deadline, input: submission.input,
            constraints: submission.constraints ?? TaskConstraints(), expected: submission.expected,
            pin: submission.pin, metadata: submission.metadata, unknown: submission.unknown,
            userID: submission.userID, sessionID: submission.sessionID, replyTo: submission.replyTo,
            traceparent: submission.traceparent, experimentID: submission.experimentID,
            parentTaskID: submission.parentTaskID, owner: submission.owner, attempt: 0, failedAttempt: 0,
            createdAt: now, movedAt: now)
    }

    /// What the record makes of a task that is given to an agent.
    public mutating func take(_ route: Route) {
        categoryConfidence = route.categoryConfidence ?? categoryConfidence
        complexityEstimated = route.complexityEstimated || complexityEstimated
        status = .routed
        attempt = route.attempt
        agentID = route.agentID
        promptID = route.promptID
        routingDecisionID = route.decision.id
        category = route.category ?? category
        complexity = route.complexity ?? complexity
    }
}

extension TaskSubmitted {
    public init(_ record: TaskRecord) {
        self.init(
            input: record.input, taskID: record.id, category: record.category, complexity: record.complexity,
            priority: record.priority, deadline: record.deadline, constraints: record.constraints,
            expected: record.expected, pin: record.pin, metadata: record.metadata, replyTo: record.replyTo)
        userID = record.userID
        sessionID = record.sessionID
        experimentID = record.experimentID
        parentTaskID = record.parentTaskID
        unknown = record.unknown ?? [:]
    }
}

extension TaskAssigned {
    public init(_ record: TaskRecord, _ route: Route) {
        var task = TaskSubmitted(record)
        task.category = route.category ?? record.category
        self.init(
            task: task, taskID: record.id, agentID: route.agentID, promptID: route.promptID, attempt: route.attempt,
            routingDecisionID: route.decision.id)
    }

    /// The assignment that a routed task stands at; nil while it has none.
    public init?(_ record: TaskRecord) {
        guard let agent = record.agentID, let decision = record.routingDecisionID else { return nil }
        self.init(
            task: TaskSubmitted(record), taskID: record.id, agentID: agent, promptID: record.promptID,
            attempt: record.attempt, routingDecisionID: decision)
    }
}

extension Reply {
    /// What the publisher of a task that ended without a result is told.
    public init(_ record: TaskRecord, ended fault: TaskFault) {
        self.init(
            taskID: record.id, status: TaskStatus(endingWith: fault.code), error: fault, agentID: record.agentID,
            metadata: record.metadata)
    }

    public init(_ result: TaskResult) {
        self.init(
            taskID: result.taskID, status: result.status, output: result.output, scores: result.scores,
            error: result.fault, agentID: result.agentID, costUSD: result.cost?.dollars,
            durationSeconds: result.durationSeconds, metadata: result.metadata)
    }
}
