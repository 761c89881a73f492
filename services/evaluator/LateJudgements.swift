import Foundation
import HoneBus
import HoneCore
import HoneIntelligence
import HoneMessages
import HoneService
import HoneStore
import Logging
import ServiceLifecycle

/// Asks the judge again for what no budget could pay, when the next day's budgets have begun. Of several evaluators each
/// takes a part.
struct LateJudgements: Service {
    private static let interval: Duration = .seconds(60)

    let store: Store
    let publisher: any Publisher
    let logger: Logger

    func run() async throws {
        await repeatUntilShutdown(every: Self.interval, "asking for late judgements", logger: logger) {
            _ = try await pass(at: Date())
        }
    }

    /// Returns how many were asked for. A message that is lost is sent again the day after.
    func pass(at now: Date) async throws -> Int {
        let day = Day(now).text
        return try await store.transaction { store in
            let due = try await store.scores.takeDueJudgements(on: day)
            guard !due.isEmpty else { return 0 }
            try await publisher.publish(
                due.map { task in
                    try Publication(
                        JudgementRequested(taskID: task, purpose: .score), id: task.uuid.derived("judgement/\(day)"))
                })
            return due.count
        }
    }
}

extension JudgeTask {
    /// No budget pays the judge today: the score is unknown for now, which whoever waits is told with the reason, and the
    /// judge is asked again tomorrow. A judgement that was only a sample is left out.
    func postpone(
        _ work: FinishedWork, because fault: TaskFault, _ message: Received<JudgementRequested>, at now: Date
    ) async throws -> Outcome {
        guard message.body.purpose == .score else { return .done }
        let tomorrow = (Day(now) + 1).text
        let score = try await desk.store.transaction { store -> ScoreRecord? in
            var fresh = desk.score(work)
            fresh.feedback = "\(fault)"
            fresh.awaitsJudgement = true
            let stored = try await store.scores.insert([fresh]).stored[work.taskID]
            try await store.scores.postponeJudgement(of: work.taskID, until: tomorrow)
            return stored
        }
        guard let score else { return .done }
        progress.write([score.progress], traceparent: work.traceparent)
        return .done(publish: try desk.announcements(of: score, work, after: message))
    }
}

extension ScoreJudgement {
    /// A verdict on its way into a score that waits for it.
    init(_ score: ScoreRecord, by model: HoneCore.ModelID) {
        self.init(
            taskID: score.taskID, scores: score.scores, passed: score.passed, feedback: score.feedback, model: model,
            costPerQualityPoint: score.costPerQualityPoint)
    }
}
