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
    let circumstances: Circumstances

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
            reference: reference(for: work), weights: weights)
        return ScoreRecord(
            taskID: work.taskID, agentID: work.agentID, attempt: work.attempt, promptID: work.promptID,
            category: work.category, complexity: work.complexity, scores: evaluation.scores, weights: weights,
            formulaVersion: evaluation.formulaVersion, passed: evaluation.passed, feedback: evaluation.feedback,
            evaluatorKind: check != nil ? .check : judgeModel != nil ? .judge : .none, evaluatorModel: judgeModel,
            totalTokens: work.inputTokens + work.outputTokens, cost: work.cost,
            costPerQualityPoint: evaluation.costPerQualityPoint, model: work.model, temperature: work.temperature,
            durationSeconds: work.durationSeconds, experimentID: work.experimentID, createdAt: work.finishedAt)
    }

    /// What comparable work usually cost and took when this was scored.
    private func reference(for work: FinishedWork) -> EfficiencyReference {
        circumstances.recall(.effort, of: "\(work.taskID)") {
            RecordedReference(efforts.reference(work.category, complexity: work.complexity))
        }.reference
    }

    /// The announcement of a score and the publisher's reply. The same score gives the same messages.
    func announcements<Body>(
        of score: ScoreRecord, _ work: FinishedWork, after message: Received<Body>
    ) throws -> [Publication] {
        let trace = work.traceparent ?? message.traceparent
        return try [score.announcement(traceparent: trace), score.reply(of: work, traceparent: trace)].compactMap(
            \.self)
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

/// A reference as a recording keeps it.
private struct RecordedReference: Codable {
    var costMicroUSD: Int64
    var durationSeconds: Double

    init(_ reference: EfficiencyReference) {
        (costMicroUSD, durationSeconds) = (reference.cost.rawValue, reference.durationSeconds)
    }

    var reference: EfficiencyReference {
        EfficiencyReference(cost: MicroUSD(costMicroUSD), durationSeconds: durationSeconds)
    }
}
