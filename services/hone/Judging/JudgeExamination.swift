import Foundation
import HoneCore
import HoneIntelligence
import HoneModels
import HoneService

/// Has a judging model look at right and wrong answers without saying which is which.
struct JudgeExamination {
    /// Nobody waits for one answer: a judge on a busy machine may take its time.
    private static let timeouts = ChatTimeouts(connect: .seconds(30), idle: .seconds(600), total: .seconds(1_200))

    let catalog: ModelCatalog
    let model: ModelID
    let form: AssessmentForm
    let templates: [HoneCore.Category: ObjectiveTemplate]

    /// What the judge made of one piece of work; nil where it could not say.
    struct Finding: Sendable {
        let work: GoldWork
        let accuracy: Double?
    }

    /// Asks about all of them, a few at a time. Throws `ModelFault` when the model cannot be reached.
    func findings(on works: [GoldWork], atOnce: Int) async throws -> [Finding] {
        try await withThrowingTaskGroup(of: Finding.self) { group in
            var findings: [Finding] = []
            for (number, work) in works.enumerated() {
                if number >= atOnce, let finding = try await group.next() { findings.append(finding) }
                group.addTask { try await finding(on: work) }
            }
            for try await finding in group { findings.append(finding) }
            return findings
        }
    }

    private func finding(on work: GoldWork) async throws -> Finding {
        let template = templates[work.category] ?? ObjectiveTemplate(category: work.category)
        let prompt = AssessmentPrompt(
            .judge(for: template), task: work.input.promptText, work: work.output,
            hash: UUID.v5(namespace: .hone, name: work.output), form: form)
        let answer = try await Assessor(catalog).ask(
            prompt, on: model, payer: CallPayer(.judge, isPatient: true), traceparent: nil, timeouts: Self.timeouts
        ) { text throws(InvalidValue) in try JudgeVerdict(text, to: prompt) }
        return Finding(work: work, accuracy: answer.verdict?.accuracy)
    }
}

/// How the judge did, over all suites or in one.
struct JudgeMark {
    let works: Int
    let unknown: Int
    let agreement: Agreement
    /// The share of cases whose right answer got the higher score, equal scores counting half; 0.5 is chance. Nil without
    /// cases of which both answers were scored.
    let preference: Double?

    init(_ findings: [JudgeExamination.Finding]) {
        works = findings.count
        unknown = findings.count { $0.accuracy == nil }
        agreement = Agreement(
            findings.compactMap { finding in
                finding.accuracy.map { .init(score: $0, truth: finding.work.isRight ? 1 : 0) }
            })
        let cases = Dictionary(grouping: findings) { "\($0.work.suite)/\($0.work.caseID)" }.values
        let wins = cases.compactMap { findings -> Double? in
            guard let right = findings.first(where: { $0.work.isRight })?.accuracy,
                let wrong = findings.first(where: { !$0.work.isRight })?.accuracy
            else { return nil }
            return right > wrong ? 1 : right == wrong ? 0.5 : 0
        }
        preference = wins.isEmpty ? nil : wins.reduce(0, +) / Double(wins.count)
    }
}
