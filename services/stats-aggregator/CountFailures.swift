import HoneBus
import HoneMessages
import HoneStore

/// Counts every failed attempt, and penalizes the agent with which the task as a whole failed.
struct CountFailures: BatchHandler {
    let ledger: Ledger

    func handle(_ batch: [Received<TaskFailed>], in context: HandlerContext) async throws -> [Outcome] {
        try await ledger.count(batch.map(\.body.taskID), attempts: batch.compactMap(\.body.attemptKey))
        return batch.map { _ in .done }
    }
}

extension TaskFailed {
    /// Nil when no agent was found for the task.
    fileprivate var attemptKey: AttemptKey? {
        agentID.map { AttemptKey(taskID: taskID, attempt: attempt, agentID: $0) }
    }
}
