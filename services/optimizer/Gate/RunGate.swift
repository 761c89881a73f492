import Foundation
import HoneBus
import HoneCore
import HoneEvolution
import HoneMessages
import HoneStore

/// Puts a candidate to the test that decides: the holdout, which nobody searched on, side by side with its parent.
///
/// Everything that it needs to go on is in the record: the trials are derived from its ids, and the cases are drawn from its
/// seed. Run again after a kill, it asks for the same trials, of which those that were done are paid for.
struct RunGate {
    /// How long the end of the money or the time may stay unnoticed.
    private static let patience: Duration = .seconds(1)

    let store: Store
    let desk: TrialDesk
    var rules = GateRules()
    var budget = ErrorBudget()

    /// The candidate becomes `candidate` where it is promoted. `mustStop` ends the gate undecided when the run's money or
    /// time is over. One gate of a run at a time.
    /// What all of it has cost, as far as prices are known, its record tells: ``Experiments/spent(on:)``.
    func run(
        _ child: PromptID, in series: TrialSeries, mustStop: () async throws -> Bool = { false }
    ) async throws -> GateResult {
        let experiment = series.gate(of: child)
        try await store.trials.open([experiment])
        guard let standing = try await store.experiments.gate(experiment.id) else {
            throw TaskFault(.internal, "the gate of \(child) is not on record")
        }
        if standing.status != "running", let known = standing.results.flatMap(GateResult.init(json:)) { return known }
        let holdout = try await store.benchmarks.holdout(of: series.benchmarkID)
        let opening = GateRecord(
            holdout: holdout.map(\.id), controls: holdout.filter(\.control).map(\.id),
            alpha: budget.share(ofGate: standing.ordinal), seed: Int64(bitPattern: series.gateSeed(of: child)),
            rules: rules)
        var gate = opening.gate
        try await settle(&gate, child, series, mustStop)
        let result = GateResult(gate.report, of: opening, ordinal: standing.ordinal, looks: standing.looks)
        try await conclude(result, experiment, series)
        return result
    }

    private func settle(
        _ gate: inout Gate, _ child: PromptID, _ series: TrialSeries, _ mustStop: () async throws -> Bool
    ) async throws {
        let round = desk.round(of: series)
        while gate.verdict == nil {
            guard try await !mustStop() else { return gate.stop() }
            round.add(gate.ask().map { series.trial($0, child) })
            for report in try await round.next(within: Self.patience) {
                guard !report.isUnaffordable else { return gate.stop() }
                gate.tell(GateTrial(report.trial), report.result)
            }
        }
    }

    private func conclude(_ result: GateResult, _ experiment: NewExperiment, _ series: TrialSeries) async throws {
        let from = try await store.transaction { store -> PromptLifecycle? in
            let status = result.verdict == .inconclusive ? "inconclusive" : "completed"
            guard try await store.experiments.finishGate(experiment.id, as: status, result),
                result.verdict == .promote
            else { return nil }
            return try await store.nominate(experiment)
        }
        if let from { try await announce(experiment.promptID, from: from, series) }
    }

    private func announce(_ child: PromptID, from: PromptLifecycle, _ series: TrialSeries) async throws {
        guard let agent = try await store.agents.load(series.agentID),
            let prompt = try await store.prompts.load(child)?.prompt
        else { return }
        let moved = PromptChanged(
            promptID: child, agentType: agent.agent.type, agentID: series.agentID, version: prompt.version, from: from,
            to: .candidate)
        try await desk.publisher.publish([Publication(moved, id: child.uuid.derived("candidate"))])
    }
}

extension Store {
    /// Makes a prompt that has passed its gate a candidate; nil when it stands elsewhere by now. Run it in a transaction.
    fileprivate func nominate(_ gate: NewExperiment) async throws -> PromptLifecycle? {
        guard let state = try await prompts.load(gate.promptID)?.lifecycle, [.draft, .experimental].contains(state)
        else { return nil }
        let actor = "optimizer"
        if state == .draft { try await prompts.move(gate.promptID, to: .experimental, by: actor, because: "on trial") }
        try await prompts.move(gate.promptID, to: .candidate, by: actor, because: "it passed gate \(gate.id)")
        return state
    }
}

extension TrialSeries {
    func gate(of child: PromptID) -> NewExperiment {
        let any = Trial(promptID: child, caseID: "", purpose: .gate, candidate: child)
        return NewExperiment(
            id: experiment(of: any), optimizationID: optimizationID, promptID: child, baselinePromptID: baseline,
            benchmarkID: benchmarkID, kind: .gate, seed: Int64(bitPattern: gateSeed(of: child)))
    }

    /// What the gate's cases are drawn by: another draw for every candidate of a run.
    fileprivate func gateSeed(of child: PromptID) -> UInt64 {
        let bytes = optimizationID.uuid.derived("gate/\(seed)/\(child)").uuid
        return [bytes.0, bytes.1, bytes.2, bytes.3, bytes.4, bytes.5, bytes.6].reduce(0) { $0 << 8 | UInt64($1) }
    }

    fileprivate func trial(_ trial: GateTrial, _ child: PromptID) -> Trial {
        Trial(
            promptID: trial.side == .child ? child : baseline, caseID: trial.caseID, purpose: .gate,
            repetition: trial.repetition, candidate: child)
    }
}

extension GateTrial {
    fileprivate init(_ trial: Trial) {
        self.init(
            caseID: trial.caseID, side: trial.promptID == trial.candidate ? .child : .parent,
            repetition: trial.repetition)
    }
}

extension TrialReport {
    /// Nil for a trial that broke down.
    fileprivate var result: TrialResult? {
        if case .done(let result) = outcome { result } else { nil }
    }
}

extension GateResult {
    init?(json: JSONValue) {
        guard let data = try? WireFormat.encode(json), let known = try? WireFormat.decode(GateResult.self, from: data)
        else { return nil }
        self = known
    }
}
