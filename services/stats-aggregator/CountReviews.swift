import HoneBus
import HoneMessages
import HoneService

/// Lets what peers think of a task into its reward. One that is not scored yet is rewarded when it is, reviews and all.
struct CountReviews: BatchHandler {
    static let delivery = DeliveryPolicy.leisurely

    let ledger: Ledger

    func handle(_ batch: [Received<ReviewCompleted>], in context: HandlerContext) async throws -> [Outcome] {
        try await ledger.count(batch.map(\.body.taskID))
        return batch.map { _ in .done }
    }
}
