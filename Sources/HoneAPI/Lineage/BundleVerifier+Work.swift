import HoneCore
import HoneEvolution
import HoneStore

// What a bundle says of the work that its prompts were tried on.

extension BundleVerifier {
    mutating func checkWork() {
        for (name, suite) in contents.suites.sorted(by: { $0.key < $1.key }) {
            let place = "benchmarks/\(name)"
            expect(
                BundledSuite.sum(of: suite.cases) == suite.casesSHA256, .cases, place,
                "the digests of its cases do not add up")
            expect(Set(suite.cases.map(\.id)).count == suite.cases.count, .cases, place, "a case is there twice")
        }
        for (_, item) in contents.experiments.sorted(by: { $0.key < $1.key }) {
            checkReferences(of: item)
            checkCases(of: item)
            checkResults(of: item)
            if item.experiment.kind == "gate" { checkGate(item) }
        }
        checkAblation()
    }

    private mutating func checkReferences(of item: BundledExperiment) {
        let place = "experiments/\(item.experiment.id)"
        expect(
            contents.prompts[item.experiment.promptID] != nil, .results, place,
            "it is of prompt \(item.experiment.promptID), which is not there")
        guard let search = item.experiment.optimizationID else { return }
        expect(
            contents.searches["\(search)"] != nil, .results, place,
            "it is of optimization \(search), which is not there")
    }

    private mutating func checkCases(of item: BundledExperiment) {
        let place = "experiments/\(item.experiment.id)"
        look(.cases)
        guard !item.rows.isEmpty else { return }
        guard let name = item.experiment.benchmark, let suite = contents.suites[name] else {
            return blame(.cases, place, "its benchmark is not there")
        }
        let known = Set(suite.cases.map(\.id))
        if let stray = item.rows.first(where: { !known.contains($0.caseID) }) {
            blame(.cases, place, "case \(stray.caseID) is none of \(name)")
        }
        let keys = item.rows.map { "\($0.caseID)\n\($0.promptID)\n\($0.repetition)" }
        if Set(keys).count < keys.count { blame(.cases, place, "a trial is there twice") }
    }

    private mutating func checkResults(of item: BundledExperiment) {
        let (place, rows) = ("experiments/\(item.experiment.id)", item.rows)
        let said = [item.experiment.cases, item.experiment.done, item.experiment.passed]
        let listed = [
            rows.count, rows.count { $0.passed != nil || $0.score != nil }, rows.count { $0.passed == true },
        ]
        expect(
            said == listed, .results, place,
            "it says \(said.map(String.init).joined(separator: ", ")) cases, done and passed; its rows say "
                + listed.map(String.init).joined(separator: ", "))
    }

    private mutating func checkGate(_ item: BundledExperiment) {
        let place = "experiments/\(item.experiment.id)"
        look(.gates)
        guard let said = item.experiment.results.flatMap(GateResult.init(results:)) else {
            if item.experiment.completedAt != nil {
                blame(.gates, place, "the gate is over, and its results cannot be read")
            }
            return
        }
        guard let record = item.gate, record == said.opening else {
            return blame(.gates, place, "what it was opened with is not what its results say")
        }
        if record.seed != item.experiment.seed { blame(.gates, place, "its seed is not the experiment's") }
        noteChanges(since: record, item)
        rerun(record, item, said, place)
    }

    private mutating func rerun(
        _ record: GateRecord, _ item: BundledExperiment, _ said: GateResult, _ place: String
    ) {
        // Results that came after the end of the money are listed, and the gate was not told of them.
        guard !said.wasStopped else {
            return note("gate \(item.experiment.id) was stopped undecided, and is not run again")
        }
        let (gate, unasked) = record.replayed(item.outcomes)
        let found = GateResult(gate.report, of: record, ordinal: said.ordinal, looks: said.looks)
        for problem in found.contradictions(with: said) {
            blame(.gates, place, "run again on its pairs, it says otherwise: \(problem)")
        }
        if let stray = unasked.map(\.caseID).min() { blame(.gates, place, "it never asked for case \(stray)") }
    }

    /// A suite may be renewed after a gate has drawn from it.
    private mutating func noteChanges(since record: GateRecord, _ item: BundledExperiment) {
        guard let suite = item.experiment.benchmark.flatMap({ contents.suites[$0] }) else { return }
        let holdout = suite.cases.filter { $0.split == .holdout }
        guard
            Set(record.holdout) != Set(holdout.map(\.id))
                || Set(record.controls) != Set(holdout.filter(\.control).map(\.id))
        else { return }
        note("the holdout of \(suite.id) is not what gate \(item.experiment.id) drew from")
    }

    private mutating func checkAblation() {
        guard let ablation = contents.ablation else { return }
        look(.ablation)
        guard ablation.measured == (ablation.report != nil) else {
            return blame(.ablation, "ablation", "it was measured and has no report, or the reverse")
        }
        guard let report = ablation.report else { return }
        let stored = ablation.experimentID.flatMap { contents.experiments["\($0)"]?.experiment }
        if stored?.promptID != contents.header?.promptID {
            blame(.ablation, "ablation", "the experiment that it names is not one of this prompt")
        }
        if (try? JSONValue(encoding: report)) != stored?.results {
            blame(.ablation, "ablation", "it is not what the experiment's results say")
        }
        for (said, found) in zip(report.parts, report.recomputed.parts) where said != found {
            blame(.ablation, "ablation", "\(said.part): its worth does not follow from the listed scores")
        }
    }
}

extension GateResult {
    /// Whether its run ended before it did.
    fileprivate var wasStopped: Bool { verdict != .promote && reason.contains("ended before it was decided") }
}

extension BundledExperiment {
    /// Its rows as a gate is told them.
    fileprivate var outcomes: [GateOutcome] {
        rows.map { row in
            let side: GateSide = row.promptID == experiment.promptID ? .child : .parent
            let trial = GateTrial(caseID: row.caseID, side: side, repetition: row.repetition)
            guard let passed = row.passed else { return GateOutcome(trial, nil) }
            return GateOutcome(
                trial,
                TrialResult(
                    score: row.score ?? (passed ? 1 : 0), passed: passed, cost: row.costMicroUSD.map(Double.init),
                    seconds: row.durationSeconds ?? 0))
        }
    }
}
