import HoneCore
import HoneEvolution
import HoneStore

/// Finds out what each part of a prompt is worth: the prompt, and each variant that lacks one part, do the same cases with the
/// same seeds. On train and validation cases only: the holdout is for the gate.
struct MeasureParts {
    static let actor = "optimizer"

    /// How long the end of the money or the time may stay unnoticed.
    private static let patience: Duration = .seconds(1)

    let store: Store
    let desk: TrialDesk

    /// Keeps the report as an experiment of the kind `ablation`. Nil when there is nothing to leave out, or money or time
    /// ended it: then nothing is kept, and asked again it goes on with what was paid for. `mustStop` is asked in between.
    func run(
        _ id: PromptID, on cases: [String], in series: TrialSeries, mustStop: () async throws -> Bool = { false }
    ) async throws -> AblationReport? {
        guard let prompt = try await store.prompts.load(id)?.prompt else { return nil }
        let variants = prompt.template.ablations.map { variant in
            (part: variant.part, text: variant.text, prompt: draft(variant.part, variant.without, of: id, series))
        }
        guard !variants.isEmpty, !cases.isEmpty else { return nil }
        try await register(variants.map(\.prompt))
        let prompts = [id] + variants.map(\.prompt.id)
        let trials = cases.flatMap { item in
            prompts.map { Trial(promptID: $0, caseID: item, purpose: .validation) }
        }
        guard let reports = try await reports(of: trials, in: series, mustStop) else { return nil }
        let scores = Self.scores(reports)
        let report = AblationReport(
            whole: scores[id] ?? [:], variants: variants.map { ($0.part, $0.text, scores[$0.prompt.id] ?? [:]) })
        try await store.experiments.keepAblation(
            ExperimentID(derivedFrom: series.optimizationID, "ablation/\(id)"), of: id, in: series.optimizationID,
            on: series.benchmarkID, seed: Int64(bitPattern: series.seed), results: report)
        try await retire(variants.map(\.prompt.id))
        return report
    }

    /// All of them, or nil.
    private func reports(
        of trials: [Trial], in series: TrialSeries, _ mustStop: () async throws -> Bool
    ) async throws -> [TrialReport]? {
        let round = desk.round(of: series)
        round.add(trials)
        var reports: [TrialReport] = []
        while !round.isEmpty {
            guard try await !mustStop() else { return nil }
            reports += try await round.next(within: Self.patience)
            if reports.contains(where: \.isUnaffordable) { return nil }
        }
        return reports
    }

    private func draft(
        _ part: PromptPart, _ template: PromptTemplate, of id: PromptID, _ series: TrialSeries
    ) -> NewPrompt {
        NewPrompt(
            agentID: series.agentID, template: template, parents: [id], madeBy: "ablation: without \(part)",
            actor: Self.actor, seed: Int64(bitPattern: series.seed))
    }

    private func register(_ drafts: [NewPrompt]) async throws {
        try await store.transaction { store in
            for draft in drafts { _ = try await store.prompts.add(draft) }
        }
    }

    /// Variants were made to be measured, not to be promoted. What was a prompt before stays where it is.
    private func retire(_ ids: [PromptID]) async throws {
        try await store.transaction { store in
            for stored in try await store.prompts.load(ids) where stored.lifecycle == .draft {
                try await store.prompts.move(
                    stored.prompt.id, to: .archived, by: Self.actor, because: "made to measure a part")
            }
        }
    }

    private static func scores(_ reports: [TrialReport]) -> [PromptID: [String: Double]] {
        var scores: [PromptID: [String: Double]] = [:]
        for report in reports {
            guard case .done(let result) = report.outcome else { continue }
            scores[report.trial.promptID, default: [:]][report.trial.caseID] = result.score
        }
        return scores
    }
}
