import HoneCore
import HoneEvolution
import HoneStore

extension OptimizationRun {
    /// Where the request says `params.ablation`, what was proved better is looked at part by part. It is for the person who
    /// approves: nothing depends on it, and without money or time left there is none.
    mutating func measureParts(after gate: GateEnd?) async throws {
        guard let gate, gate.result.verdict == .promote, plan.record.params["ablation"]?.bool == true else { return }
        do {
            _ = try await MeasureParts(store: parts.store, desk: parts.desk).run(
                prompt(of: gate.candidate), on: plan.ids(in: .validation), in: plan.series
            ) { try await mustStop() }
        } catch is RunEnd {
            // What was proved stands.
        }
    }
}
