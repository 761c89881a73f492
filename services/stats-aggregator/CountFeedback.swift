import Foundation
import HoneBus
import HoneCore
import HoneIntelligence
import HoneMessages
import HoneService
import HoneStore

/// Keeps what people think of results, and lets their last rating of a task into its reward. A score that a person
/// disputes is announced again, so that peers look at the task who would not have.
struct CountFeedback: BatchHandler {
    let ledger: Ledger

    func handle(_ batch: [Received<FeedbackReceived>], in context: HandlerContext) async throws -> [Outcome] {
        let records = batch.compactMap { FeedbackRecord($0, at: context.now) }
        let unknown = try await ledger.transaction { store, ledger in
            let insertion = try await store.feedback.insert(records)
            try await ledger.enter(records.map(\.taskID), in: store)
            return insertion.unknownTasks
        }
        let disputed = try await disputedScores(records)
        return try batch.map { message in
            let task = message.body.taskID
            if unknown.contains(task) { return .reject(because: .unknownTask(task)) }
            return .done(
                publish: try disputed[task].map { [try $0.announcement(traceparent: message.traceparent)] } ?? [])
        }
    }

    /// By task, where the review plan does not know of the dispute yet.
    private func disputedScores(_ records: [FeedbackRecord]) async throws -> [TaskID: ScoreRecord] {
        let tasks = records.filter { ReviewSampling.isDispute(rating: $0.rating) }.map(\.taskID)
        let waiting = try await ledger.store.reviews.tasksToReconsider(among: tasks)
        let scores = try await ledger.store.scores.load(waiting)
        return Dictionary(scores.map { ($0.taskID, $0) }) { first, _ in first }
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
