import Foundation
import HoneBus
import HoneCore
import HoneIntelligence
import HoneMessages
import HoneModels
import HoneService
import HoneStore
import Logging

/// Has every reviewer that is due look at one evaluated task.
struct ReviewTask: MessageHandler {
    /// Reviewers are asked in turn, and each may use its model's whole time twice.
    static let delivery = DeliveryPolicy(timeout: .seconds(900), gathering: .milliseconds(10))

    private let store: Store
    private let desk: ReviewDesk
    private let plans: GroupCommit<ReviewChoice.Question, ReviewPlan>

    init(store: Store, desk: ReviewDesk, choice: ReviewChoice) {
        self.store = store
        self.desk = desk
        plans = GroupCommit(spacing: .milliseconds(20)) { try await choice.plans(for: $0) }
    }

    func handle(_ message: Received<EvaluationCompleted>, in context: HandlerContext) async throws -> Outcome {
        let plan = try await plans.submit(ReviewChoice.Question(evaluation: message.body, now: context.now))
        guard !plan.reviewers.isEmpty, let work = try await store.scores.work(of: [plan.taskID]).first else {
            return .done
        }
        let done = Set(try await store.reviews.load([plan.taskID]).map(\.evaluatorAgentID))
        let reviewers = try await store.reviews.reviewers()
        for id in plan.reviewers where !done.contains(id) {
            do {
                try await review(work, by: reviewers.first { $0.agent.id == id }, plan)
            } catch let fault as ModelFault where fault.taskFault.code == .costCapExceeded {
                context.logger.info("a review waits for a budget", metadata: ["error": "\(fault.taskFault)"])
                try await store.reviews.postpone(id, from: plan.taskID, until: (Day(context.now) + 1).text)
            } catch let fault as ModelFault where fault.taskFault.retryable && message.deliveries < Self.patience {
                return .retry(because: fault.taskFault)
            } catch let fault as ModelFault {
                try await excuse(id, from: plan, because: "\(fault.taskFault)", context)
            } catch let absence as Absence {
                try await excuse(id, from: plan, because: absence.reason, context)
            }
        }
        // Read again: of two that reviewed at the same time, the first one's row stands.
        let known = try await store.reviews.load([plan.taskID])
        return .done(publish: try known.map { try $0.announcement(causedBy: message.traceparent) })
    }

    /// Deliveries after which work goes without the review.
    private static let patience = 3

    /// Why a reviewer cannot be asked at all.
    private struct Absence: Error {
        let reason: String
    }

    private func review(_ work: FinishedWork, by reviewer: Reviewer?, _ plan: ReviewPlan) async throws {
        guard let reviewer else { throw Absence(reason: "it reviews no more") }
        // Whatever the plan says: nobody reviews itself.
        guard reviewer.agent.id != work.agentID else { throw Absence(reason: "it did the work") }
        guard let model = desk.model(of: reviewer) else { throw Absence(reason: "it has no model") }
        let caller = ModelCaller("review", of: "\(work.taskID)/\(reviewer.agent.id)")
        let answer = try await ModelCaller.$current.withValue(caller) {
            try await desk.review(work, by: reviewer, on: model)
        }
        let record = ReviewRecord(answer, of: work, by: reviewer.agent.id, weight: plan.samplingWeight)
        _ = try await store.reviews.insert([record])
    }

    private func excuse(
        _ reviewer: AgentID, from plan: ReviewPlan, because reason: String, _ context: HandlerContext
    ) async throws {
        context.logger.warning("no review", metadata: ["reviewer": "\(reviewer)", "error": "\(reason)"])
        try await store.reviews.excuse(reviewer, from: plan.taskID)
    }
}

extension ReviewRecord {
    init(_ answer: Assessor.Answer<ReviewVerdict>, of work: FinishedWork, by reviewer: AgentID, weight: Double) {
        self.init(
            taskID: work.taskID, evaluatedAgentID: work.agentID, evaluatorAgentID: reviewer,
            score: answer.verdict?.score, criteria: answer.verdict?.criteria ?? [:],
            feedback: answer.verdict?.feedback ?? "", samplingWeight: weight, model: answer.model,
            usage: answer.usage, cost: answer.cost, durationSeconds: answer.duration / .seconds(1))
    }
}
