import HoneCore
import HoneEvolution
import Testing

@Suite("Gates that are kept")
struct GateRecordTests {
    private static let record = GateRecord(
        holdout: (0..<120).map { "case-\($0)" }, controls: (0..<5).map { "case-\($0)" }, alpha: 0.03, seed: -7)

    /// Runs a gate to its end on a world in which the child passes more; keeps what it was told.
    private func run(_ seed: UInt64 = 5) -> (gate: Gate, outcomes: [GateOutcome]) {
        var (gate, outcomes, generator) = (Self.record.gate, [GateOutcome](), SeededGenerator(seed: seed))
        while case let due = gate.ask(), !due.isEmpty {
            for trial in due {
                let passed = generator.nextUnit() < (trial.side == .child || trial.repetition > 0 ? 0.95 : 0.5)
                let result = TrialResult(
                    score: passed ? 1 : 0, passed: passed, cost: 100, seconds: generator.nextUnit())
                outcomes.append(GateOutcome(trial, generator.nextUnit() < 0.02 ? nil : result))
                gate.tell(trial, outcomes.last?.result)
            }
        }
        return (gate, outcomes)
    }

    @Test("run again from what was kept, in any order, a gate says the same", arguments: 1...20 as ClosedRange<UInt64>)
    func replay(seed: UInt64) {
        let (gate, outcomes) = run(seed)
        let (again, unasked) = Self.record.replayed(outcomes.reversed())
        #expect(again.report == gate.report && unasked.isEmpty)
        #expect(gate.verdict != nil)
    }

    @Test("a gate that was stopped early is stopped again at the same place")
    func stopped() {
        let outcomes = Array(run().outcomes.prefix(40))
        let (gate, unasked) = Self.record.replayed(outcomes)
        #expect(gate.verdict == .inconclusive(.stopped) && unasked.isEmpty)
    }

    @Test("trials that the gate never asked for are told apart")
    func unasked() {
        let stray = GateOutcome(GateTrial(caseID: "elsewhere", side: .child), nil)
        let (gate, outcomes) = run()
        let (again, unasked) = Self.record.replayed(outcomes + [stray])
        #expect(again.report == gate.report && unasked == [stray.trial])
    }
}
