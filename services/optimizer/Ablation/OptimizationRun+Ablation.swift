import HoneCore
import HoneEvolution
import HoneStore

extension OptimizationRun {
    /// Where the request says `params.ablation`, what was proved better is looked at part by part. It is for the person who
    /// approves: nothing depends on it, and without money or time left there is none.
    mutating func measureParts(after gate: GateResult?) async throws {
        guard gate?.verdict == .promote, plan.record.params["ablation"]?.bool == true else { return }
        let best = prompt(of: RunConclusion(state.search).best)
        _ = try await MeasureParts(store: parts.store, desk: parts.desk).run(
            best, on: plan.ids(in: .validation), in: plan.series
        ) { try await mustStop() }
    }
}
