import Foundation
import HoneCore
import HoneIntelligence
import HoneMessages
import HoneService
import HoneStore

/// Decides whether a task is reviewed: always where it matters most, else by chance.
struct ReviewChoice {
    let sampling: ReviewSampling
    /// What is reviewed whatever the rate.
    let always: Set<ReviewReason>
    let directory: Directory
    let store: Store

    func decide(_ evaluation: EvaluationCompleted, _ score: ScoreRecord?, at now: Date) async throws -> ReviewDecision {
        sampling.decide(
            evaluation.taskID, isOnProbation: try await isOnProbation(evaluation.agentID, at: now),
            failedCheck: always.contains(.failed) && evaluation.evaluator.kind == .check && evaluation.passed == false,
            isDisputed: always.contains(.disputed) && score?.userRating.map { $0 < 3 } ?? false)
    }

    /// Only where it can matter: with everything reviewed anyway nobody has to be asked.
    private func isOnProbation(_ id: AgentID, at now: Date) async throws -> Bool {
        guard always.contains(.probation), sampling.rate < 1, let agent = directory.snapshot.agents[id] else {
            return false
        }
        let standing = try await store.statistics.standings().first { $0.agentID == id }
        return Probation.applies(
            scoredTasks: Int(standing?.totalTasks ?? 0), ageInDays: Day(now) - Day(agent.createdAt))
    }
}
