import HoneBus
import HoneCore
import HoneIntelligence
import HoneMessages
import HoneService
import HoneStore

/// Turns finished work into the score that is kept, and the score into what is announced.
struct ScoringDesk {
    let store: Store
    let directory: Directory
    let efforts: EffortBook

    func template(_ category: HoneCore.Category?) -> ObjectiveTemplate? {
        category.flatMap { directory.snapshot.templates[$0] }
    }

    /// `judge` is the verdict of a judging model, `judgeModel` the one that was asked.
    func score(
        _ work: FinishedWork, check: CheckResult? = nil, judge: JudgeVerdict? = nil, judgeModel: ModelID? = nil
    ) -> ScoreRecord {
        let weights = template(work.category)?.weights ?? .standard
        let evaluation = Evaluation(
            check: check, judge: judge, cost: work.cost, durationSeconds: work.durationSeconds,
            reference: efforts.reference(work.category, complexity: work.complexity), weights: weights)
        return ScoreRecord(
            taskID: work.taskID, agentID: work.agentID, attempt: work.attempt, promptID: work.promptID,
            category: work.category, complexity: work.complexity, scores: evaluation.scores, weights: weights,
            formulaVersion: evaluation.formulaVersion, passed: evaluation.passed, feedback: evaluation.feedback,
            evaluatorKind: check != nil ? .check : judgeModel != nil ? .judge : .none, evaluatorModel: judgeModel,
            totalTokens: work.inputTokens + work.outputTokens, cost: work.cost,
            costPerQualityPoint: evaluation.costPerQualityPoint, model: work.model, temperature: work.temperature,
            durationSeconds: work.durationSeconds, experimentID: work.experimentID, createdAt: work.finishedAt)
    }

    /// The announcement of a score and the publisher's reply. The same score gives the same messages.
    func announcements<Body>(
        of score: ScoreRecord, _ work: FinishedWork, after message: Received<Body>
    ) throws -> [Publication] {
        let trace = work.traceparent ?? message.traceparent
        let completed = try Publication(
            EvaluationCompleted(score), id: work.taskID.uuid.derived(EvaluationCompleted.type), traceparent: trace)
        let reply = try work.replyTo.map { key in
            try Reply(score, work).publication(to: key, id: work.taskID.uuid.derived(Reply.type), traceparent: trace)
        }
        return [completed] + [reply].compactMap(\.self)
    }
}

extension EvaluationCompleted {
    init(_ score: ScoreRecord) {
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
    init(_ score: ScoreRecord, _ work: FinishedWork) {
        self.init(
            taskID: work.taskID, status: work.status, output: work.output, scores: score.scores,
            agentID: work.agentID, costUSD: work.cost?.dollars, durationSeconds: work.durationSeconds,
            metadata: work.metadata)
    }
}

extension ScoreRecord {
    /// What watchers of the task are told.
    var progress: ProgressMade {
        ProgressMade(
            subject: .task, subjectID: taskID.description, agentID: agentID, kind: .score, message: feedback,
            data: [
                "overall": scores.overall.map(JSONValue.number) ?? .null, "passed": passed.map(JSONValue.bool) ?? .null,
            ])
    }
}
