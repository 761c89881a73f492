import Foundation
import HoneBus
import HoneCore
import HoneIntelligence
import HoneMessages
import HoneModels
import HoneService
import HoneStore
import Logging

/// Has every reviewer look at one evaluated task, where the sampling says so.
struct ReviewTask: MessageHandler {
    let store: Store
    let desk: ReviewDesk
    let choice: ReviewChoice

    func handle(_ message: Received<EvaluationCompleted>, in context: HandlerContext) async throws -> Outcome {
        let task = message.body.taskID
        let score = try await store.scores.load([task]).first
        guard case .review(let weight) = try await choice.decide(message.body, score, at: context.now),
            let work = try await store.scores.work(of: [task]).first
        else { return .done }
        var known = try await store.reviews.load([task])
        for reviewer in try await store.reviews.reviewers() where reviewer.agent.id != work.agentID {
            guard !known.contains(where: { $0.evaluatorAgentID == reviewer.agent.id }),
                let model = desk.model(of: reviewer)
            else { continue }
            do {
                let answer = try await desk.review(work, by: reviewer, on: model)
                known.append(ReviewRecord(answer, of: work, by: reviewer.agent.id, weight: weight))
                _ = try await store.reviews.insert(known.suffix(1))
            } catch let fault as ModelFault where fault.taskFault.retryable && message.deliveries < Self.patience {
                return .retry(because: fault.taskFault)
            } catch let fault as ModelFault {
                context.logger.warning("no review", metadata: ["error": "\(fault.taskFault)"])
            }
        }
        return .done(publish: try known.map { try announcement(of: $0, after: message) })
    }

    /// Deliveries after which work goes without the review.
    private static let patience = 3

    private func announcement(
        of review: ReviewRecord, after message: Received<EvaluationCompleted>
    ) throws -> Publication {
        try message.causes(ReviewCompleted(review), review.evaluatorAgentID.rawValue)
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

extension ReviewCompleted {
    fileprivate init(_ review: ReviewRecord) {
        self.init(
            taskID: review.taskID, evaluatedAgentID: review.evaluatedAgentID,
            evaluatorAgentID: review.evaluatorAgentID, score: review.score, criteria: review.criteria,
            feedback: review.feedback)
    }
}
