public import Foundation
public import HoneBus
public import HoneCore

// The ids of what is said of a task. They are made of the task and what is said of it, never of who says it: whoever
// publishes the same fact again, a redelivered message or the reconciler, gives it the same id.

extension TaskAssigned {
    public static func id(of task: TaskID, attempt: Int) -> UUID { task.uuid.derived("\(type)/\(attempt)") }
}

extension TaskCompleted {
    public static func id(of task: TaskID, attempt: Int) -> UUID { task.uuid.derived("\(type)/\(attempt)") }
}

extension TaskFailed {
    /// That one attempt failed.
    public static func id(of task: TaskID, attempt: Int) -> UUID { task.uuid.derived("\(type)/\(attempt)") }

    /// That the task as a whole failed, which the router says.
    public static func idOfEnd(of task: TaskID) -> UUID { task.uuid.derived("\(type)/final") }
}

extension EvaluationCompleted {
    public static func id(of task: TaskID) -> UUID { task.uuid.derived(type) }
}

extension ReviewCompleted {
    public static func id(of task: TaskID, by reviewer: AgentID) -> UUID { task.uuid.derived("\(type)/\(reviewer)") }
}

extension Reply {
    /// The one reply to the publisher of a task.
    public static func id(of task: TaskID) -> UUID { task.uuid.derived(type) }
}

extension Publication {
    /// A message in the trace of what caused it.
    public init<Body: Message>(_ message: Body, id: UUID, causedBy traceparent: String?) throws {
        let parent = traceparent.flatMap(TraceParent.init)
        try self.init(message, id: id, traceparent: parent?.child(id).description)
    }
}
