public import HoneCore
import Postgres

/// The end of a task that is not a result.
public struct Ending: Sendable {
    public var taskID: TaskID
    /// Only if this is still its last attempt; nil ends it whatever the attempt.
    public var attempt: Int?
    public var fault: TaskFault

    public init(taskID: TaskID, attempt: Int? = nil, fault: TaskFault) {
        self.taskID = taskID
        self.attempt = attempt
        self.fault = fault
    }
}

extension TaskStatus {
    /// How a task ends that `code` ends: expired, cancelled or failed.
    public init(endingWith code: ErrorCode) {
        switch code {
        case .deadlineExceeded: self = .expired
        case .cancelled: self = .cancelled
        default: self = .failed
        }
    }
}

extension Tasks {
    /// Ends tasks that are still open. Returns those that this call ended; a task ends exactly once.
    public func finish(_ endings: [Ending]) async throws -> Set<TaskID> {
        guard !endings.isEmpty else { return [] }
        let moved = try await executor.query(
            """
            update agent_tasks as task
            set status = ending.status, error_code = ending.code, error_message = ending.message,
                failed_attempt = task.attempt, finished_at = now(), moved_at = now()
            from unnest(
                \(endings.map(\.taskID))::uuid[], \(endings.map(\.attempt))::integer[],
                \(endings.map { TaskStatus(endingWith: $0.fault.code) })::text[],
                \(endings.map(\.fault.code))::text[], \(endings.map(\.fault.message.storable))::text[]
            ) as ending (task_id, attempt, status, code, message)
            where task.id = ending.task_id and task.attempt = coalesce(ending.attempt, task.attempt)
                and task.status in ('submitted', 'routed', 'running')
            returning task.id
            """, as: TaskID.self)
        return Set(moved)
    }

    /// Notes of tasks that their end was read on the bus, where it went together with the publisher's reply.
    public func markTold(_ tasks: [TaskID]) async throws {
        guard !tasks.isEmpty else { return }
        try await executor.run(
            """
            update agent_tasks set told_at = now()
            where id = any(\(tasks)::uuid[]) and finished_at is not null and told_at is null
            """)
    }
}
