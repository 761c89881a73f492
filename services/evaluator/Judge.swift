import Foundation
import HoneCore
import HoneIntelligence
import HoneModels
import HoneService
import HoneStore

/// Asks the judging model what it thinks of a piece of work, which it sees without its author's name.
struct Judge {
    let directory: Directory
    /// What the operator chose.
    let model: ModelID?
    let form: AssessmentForm

    /// The chosen model, or the first approved one; another than the author's where there is one. Nil: nobody judges.
    func model(for work: FinishedWork) -> ModelID? {
        JudgeChoice.model(preferred: model, author: work.model, approved: approved)
    }

    /// Nor does the author's model stand in for the judge, unless it judges anyway.
    func assess(
        _ work: FinishedWork, _ template: ObjectiveTemplate, on model: ModelID
    ) async throws -> Assessor.Answer<JudgeVerdict> {
        let prompt = prompt(for: work, template)
        return try await Assessor(directory.models).ask(
            prompt, on: model, excluding: JudgeChoice.selves(of: work.model, approved),
            payer: CallPayer(.judge, taskID: work.taskID, experimentID: work.experimentID, isPatient: true),
            traceparent: work.traceparent
        ) { text throws(InvalidValue) in try JudgeVerdict(text, to: prompt) }
    }

    private func prompt(for work: FinishedWork, _ template: ObjectiveTemplate) -> AssessmentPrompt {
        let output = work.output.promptText
        return AssessmentPrompt(
            .judge(for: template), task: work.input.promptText, work: output,
            hash: UUID.v5(namespace: .hone, name: output), form: form)
    }

    private var approved: [ApprovedModel] { directory.snapshot.models.values.sorted { $0.id < $1.id } }
}
