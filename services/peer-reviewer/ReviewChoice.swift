import Foundation
import HoneCore
import HoneIntelligence
import HoneMessages
import HoneService
import HoneStore

/// Decides who reviews a task: always where it matters most, else by chance. A decision stands once it is on record,
/// unless a person disputes the score afterwards.
struct ReviewChoice {
    /// An evaluated task, and when it came.
    struct Question {
        let evaluation: EvaluationCompleted
        let now: Date
    }

    let sampling: ReviewSampling
    /// What is reviewed whatever the rate.
    let always: Set<ReviewReason>
    let desk: ReviewDesk
    let store: Store
    let circumstances: Circumstances

    /// The plans for many tasks at once; one that has no score owes no review.
    func plans(for questions: [Question]) async throws -> [ReviewPlan] {
        let known = try await store.reviews.subjects(questions.map(\.evaluation.taskID))
        // One that has no model to ask owes nothing.
        let reviewers = try await store.reviews.reviewers().filter { desk.model(of: $0) != nil }.map(\.agent.id)
        let standings = try await standings()
        let drafts = questions.compactMap { question in
            known[question.evaluation.taskID].map { recalled(draft(question, $0, reviewers, standings)) }
        }
        let disputed = known.values.filter(isDisputed).map(\.taskID)
        let plans = try await store.reviews.plan(drafts, revising: Set(disputed))
        return questions.map { question in
            plans[question.evaluation.taskID] ?? ReviewPlan(taskID: question.evaluation.taskID, reviewers: [])
        }
    }

    /// Who is on probation changes while a run goes on: a replay owes the reviews that the recorded run did.
    private func recalled(_ plan: ReviewPlan) -> ReviewPlan {
        struct Recorded: Codable {
            var reviewers: [AgentID]
            var samplingWeight: Double
        }
        let recorded = circumstances.recall(.reviewers, of: "\(plan.taskID)") {
            Recorded(reviewers: plan.reviewers, samplingWeight: plan.samplingWeight)
        }
        return ReviewPlan(
            taskID: plan.taskID, reviewers: recorded.reviewers, samplingWeight: recorded.samplingWeight)
    }

    private func draft(
        _ question: Question, _ subject: ReviewSubject, _ reviewers: [AgentID], _ standings: [AgentID: Int]
    ) -> ReviewPlan {
        let evaluation = question.evaluation
        // A trial counts nowhere, and its experiment would pay for opinions that it has no use for.
        if evaluation.experimentID != nil, !isDisputed(subject) {
            return ReviewPlan(taskID: subject.taskID, reviewers: [])
        }
        let decision = sampling.decide(
            evaluation.taskID, isOnProbation: isOnProbation(subject.agentID, standings, at: question.now),
            failedCheck: always.contains(.failed) && evaluation.evaluator.kind == .check && evaluation.passed == false,
            isDisputed: isDisputed(subject))
        guard case .review(let weight) = decision else { return ReviewPlan(taskID: subject.taskID, reviewers: []) }
        return ReviewPlan(
            taskID: subject.taskID, reviewers: ReviewerChoice.reviewers(of: subject.agentID, among: reviewers),
            samplingWeight: weight)
    }

    private func isDisputed(_ subject: ReviewSubject) -> Bool {
        always.contains(.disputed) && subject.userRating.map(ReviewSampling.isDispute) ?? false
    }

    /// Only where it can matter: with everything reviewed anyway nobody has to be asked.
    private var asksForProbation: Bool { always.contains(.probation) && sampling.rate < 1 }

    private func standings() async throws -> [AgentID: Int] {
        guard asksForProbation else { return [:] }
        let standings = try await store.statistics.standings()
        return Dictionary(standings.map { ($0.agentID, Int($0.totalTasks)) }) { first, _ in first }
    }

    private func isOnProbation(_ id: AgentID, _ standings: [AgentID: Int], at now: Date) -> Bool {
        guard asksForProbation, let agent = desk.directory.snapshot.agents[id] else { return false }
        return Probation.applies(scoredTasks: standings[id] ?? 0, ageInDays: Day(now) - Day(agent.createdAt))
    }
}
