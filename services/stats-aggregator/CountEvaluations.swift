import HoneBus
import HoneMessages
import HoneService

/// Rewards scored tasks and adds them to the statistics.
struct CountEvaluations: BatchHandler {
    static let delivery = DeliveryPolicy.leisurely

    let ledger: Ledger

    func handle(_ batch: [Received<EvaluationCompleted>], in context: HandlerContext) async throws -> [Outcome] {
        try await ledger.count(batch.map(\.body.taskID))
        return batch.map { _ in .done }
    }
}
