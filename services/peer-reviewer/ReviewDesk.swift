import Foundation
import HoneCore
import HoneIntelligence
import HoneModels
import HoneService
import HoneStore

/// Has one reviewer read one piece of work, without telling who did it.
struct ReviewDesk {
    let directory: Directory
    /// What reviewers without a model of their own use.
    let model: ModelID?
    let form: AssessmentForm

    /// Nil when there is no model to ask.
    func model(of reviewer: Reviewer) -> ModelID? {
        reviewer.agent.model ?? directory.model(chosen: model)
    }

    func review(
        _ work: FinishedWork, by reviewer: Reviewer, on model: ModelID
    ) async throws -> Assessor.Answer<ReviewVerdict> {
        let output = work.output.promptText
        let prompt = AssessmentPrompt(
            rubric(of: reviewer), task: work.input.promptText, work: output,
            hash: UUID.v5(namespace: .hone, name: output), form: form)
        let payer = CallPayer(
            .review, taskID: work.taskID, agentID: reviewer.agent.id, experimentID: work.experimentID,
            isPatient: true)
        return try await Assessor(directory.models).ask(
            prompt, on: model, payer: payer, traceparent: work.traceparent
        ) {
            text throws(InvalidValue) in try ReviewVerdict(text, to: prompt)
        }
    }

    /// The reviewer's own criteria and words where it has some.
    private func rubric(of reviewer: Reviewer) -> Rubric {
        let known = Rubric.reviewer(reviewer.agent.id)
        let own = reviewer.criteria.sorted { $0.key < $1.key }.map { Criterion(name: $0.key, meaning: $0.value) }
        return Rubric(
            voice: reviewer.prompt?.template.system ?? known.voice, criteria: own.isEmpty ? known.criteria : own)
    }
}
