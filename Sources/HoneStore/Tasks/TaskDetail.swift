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
        guard let task = try await tasks.load(id) else { return nil }
        return TaskDetail(
            task: task, executions: try await executions.load(id), decisions: try await routing.decisions(of: id),
            score: try await scores.load([id]).first, judgements: try await judgements.load([id]),
            reviews: try await reviews.load([id]), feedback: try await feedback.load([id]))
    }
}
