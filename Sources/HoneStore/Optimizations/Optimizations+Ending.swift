public import HoneCore
import Postgres

/// How a search ended.
public struct OptimizationEnding: Sendable {
    /// `completed`, `failed` or `cancelled`.
    public var status: String
    /// One sentence for people.
    public var reason: String
    public var bestPromptID: PromptID?
    public var improvement: JSONValue?
    /// What went wrong, for one that failed or was cancelled.
    public var code: ErrorCode?

    public init(
        status: String, reason: String, bestPromptID: PromptID? = nil, improvement: JSONValue? = nil,
        code: ErrorCode? = nil
    ) {
        self.status = status
        self.reason = reason
        self.bestPromptID = bestPromptID
        self.improvement = improvement
        self.code = code
    }
}

extension Optimizations {
    /// Ends a search once, with its experiments, and the tasks that are still open; false when it was over. Run it in a
    /// transaction.
    public func finish(_ id: OptimizationID, _ ending: OptimizationEnding) async throws -> Bool {
        let message = ending.code == nil ? nil : ending.reason.storable
        let ended = try await executor.run(
            """
            update optimizations
            set status = \(ending.status)::text, end_reason = \(ending.reason.storable)::text,
                best_prompt_id = \(ending.bestPromptID)::uuid, improvement = \(ending.improvement.json)::jsonb,
                error_code = \(ending.code)::text, error_message = \(message)::text, completed_at = now()
            where id = \(id)::uuid and status in ('queued', 'running')
            """)
        guard ended > 0 else { return false }
        let trials = Trials(executor: executor)
        try await trials.withdraw(id, because: TaskFault(.cancelled, "its optimization is over: \(ending.reason)"))
        try await trials.close(id, as: ending.status)
        return true
    }
}
