import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneStore

/// Keeps what people think of results, and lets their last rating of a task into its reward.
struct CountFeedback: BatchHandler {
    let ledger: Ledger

    func handle(_ batch: [Received<FeedbackReceived>], in context: HandlerContext) async throws -> [Outcome] {
        let records = batch.compactMap { FeedbackRecord($0, at: context.now) }
        let unknown = try await ledger.transaction { store, ledger in
            let insertion = try await store.feedback.insert(records)
            try await ledger.enter(records.map(\.taskID), in: store)
            return insertion.unknownTasks
        }
        return batch.map { unknown.contains($0.body.taskID) ? .reject(because: .unknownTask($0.body.taskID)) : .done }
    }
}

extension FeedbackRecord {
    /// Nil without a rating, which a valid message has.
    init?(_ message: Received<FeedbackReceived>, at now: Date) {
        guard let stars = message.body.stars else { return nil }
        self.init(
            id: message.id, taskID: message.body.taskID, rating: stars, originalScore: message.body.score,
            comment: message.body.comment, userID: message.body.userID, tags: message.body.tags ?? [],
            givenAt: message.givenAt(now))
    }
}

extension Received<FeedbackReceived> {
    /// When it was published, else when it came to the stream: of two ratings the later one stands, however late its
    /// message is handled. Nobody rates in the future.
    fileprivate func givenAt(_ now: Date) -> Date {
        min(now, time ?? arrival ?? now)
    }

    /// Entry ids begin with milliseconds since 1970.
    private var arrival: Date? {
        Double(entryID.prefix { $0 != "-" }).map { Date(timeIntervalSince1970: $0 / 1_000) }
    }
}

extension TaskFault {
    fileprivate static func unknownTask(_ id: TaskID) -> TaskFault {
        TaskFault(
            .invalidMessage, "\(InvalidValue(path: "task_id", found: "\(id)", expected: "a task that is on record"))")
    }
}
