import HoneBus
import HoneCore
import HoneIntelligence
import HoneMessages
import HoneService
import HoneStore

/// Scores what a check can score, at once and in one transaction per batch; asks the judge for the rest.
struct ScoreTasks: BatchHandler {
    static let delivery = DeliveryPolicy.together

    let desk: ScoringDesk
    let sampling: JudgeSampling
    let metrics: ScoreMetrics
    let progress: ProgressWriter

    func handle(_ batch: [Received<TaskCompleted>], in context: HandlerContext) async throws -> [Outcome] {
        let work = Dictionary(
            try await desk.store.scores.work(of: batch.map(\.body.taskID)).map { ($0.taskID, $0) }
        ) { first, _ in first }
        let checked = work.values.compactMap { work -> ScoreRecord? in
            work.expected.map { desk.score(work, check: $0.check(work.output)) }
        }
        let scores = try await desk.store.scores.insert(checked.sorted { $0.taskID < $1.taskID })
        let fresh = scores.inserted.compactMap { scores.stored[$0] }
        fresh.forEach(metrics.count)
        progress.write(fresh.map(\.progress))
        return try batch.map { message in
            guard let work = work[message.body.taskID] else { return .done }
            return .done(publish: try followUps(of: work, scores.stored[work.taskID], after: message))
        }
    }

    private func followUps(
        of work: FinishedWork, _ score: ScoreRecord?, after message: Received<TaskCompleted>
    ) throws -> [Publication] {
        guard let score else {
            return [try message.causes(JudgementRequested(taskID: work.taskID, purpose: .score))]
        }
        let announced = try desk.announcements(of: score, work, after: message)
        guard sampling.includes(work, for: .calibration) else { return announced }
        return announced + [try message.causes(JudgementRequested(taskID: work.taskID, purpose: .calibration))]
    }
}
