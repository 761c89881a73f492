public import HoneCore

/// Everything on record about one task.
public struct TaskDetail: Sendable {
    public var task: TaskRecord
    /// One per attempt that has ended, with its nodes.
    public var executions: [ExecutionRecord]
    /// One per attempt.
    public var decisions: [RoutedAttempt]
    public var score: ScoreRecord?
    public var judgements: [JudgementRecord]
    public var reviews: [ReviewRecord]
    public var feedback: [FeedbackRecord]
}

extension Store {
    /// Everything on record about one task; nil when there is no such task.
    public func detail(of id: TaskID) async throws -> TaskDetail? {
        try await session { store in
            guard let task = try await store.tasks.load(id) else { return nil }
            return try await store.detail(of: task)
        }
    }

    /// Everything else on record about a task. What it cannot have yet is not asked for.
    public func detail(of task: TaskRecord) async throws -> TaskDetail {
        let id = task.id
        var detail = TaskDetail(
            task: task, executions: [], decisions: [], judgements: [], reviews: [],
            feedback: try await feedback.load([id]))
        guard task.attempt > 0 else { return detail }
        detail.decisions = try await routing.decisions(of: id)
        detail.executions = try await executions.load(id)
        guard task.status == .completed else { return detail }
        detail.score = try await scores.load([id]).first
        guard detail.score != nil else { return detail }
        detail.judgements = try await judgements.load([id])
        detail.reviews = try await reviews.load([id])
        return detail
    }
}
