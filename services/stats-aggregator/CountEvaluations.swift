import HoneBus
import HoneMessages

/// Rewards scored tasks and adds them to the statistics.
struct CountEvaluations: BatchHandler {
    let ledger: Ledger

    func handle(_ batch: [Received<EvaluationCompleted>], in context: HandlerContext) async throws -> [Outcome] {
        try await ledger.count(batch.map(\.body.taskID))
        return batch.map { _ in .done }
    }
}
