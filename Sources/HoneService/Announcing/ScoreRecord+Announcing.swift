public import HoneBus
import HoneCore
import HoneMessages
public import HoneStore

extension EvaluationCompleted {
    fileprivate init(_ score: ScoreRecord) {
        self.init(
            taskID: score.taskID, agentID: score.agentID, promptID: score.promptID, category: score.category,
            complexity: score.complexity, scores: score.scores, passed: score.passed, feedback: score.feedback,
            evaluator: Evaluator(
                kind: score.evaluatorKind == .check ? .check : .judge, model: score.evaluatorModel),
            costUSD: score.cost?.dollars, durationSeconds: score.durationSeconds,
            costPerQualityPoint: score.costPerQualityPoint, experimentID: score.experimentID)
    }
}

extension Reply {
    fileprivate init(_ score: ScoreRecord, _ work: FinishedWork) {
        self.init(
            taskID: work.taskID, status: work.status, output: work.output, scores: score.scores,
            agentID: work.agentID, costUSD: work.cost?.dollars, durationSeconds: work.durationSeconds,
            metadata: work.metadata)
    }
}

extension ScoreRecord {
    /// The message that tells a task's score. The same score always gives the same message.
    public func announcement(traceparent: String?) throws -> Publication {
        try Publication(EvaluationCompleted(self), id: EvaluationCompleted.id(of: taskID), traceparent: traceparent)
    }

    /// What the publisher of the task is told, where it asked for a reply.
    public func reply(of work: FinishedWork, traceparent: String?) throws -> Publication? {
        try work.replyTo.map { key in
            try Reply(self, work).publication(to: key, id: Reply.id(of: taskID), traceparent: traceparent)
        }
    }
}
