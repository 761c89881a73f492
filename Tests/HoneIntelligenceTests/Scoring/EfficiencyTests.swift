import HoneCore
import HoneIntelligence
import Testing

@Suite("efficiency and overall score")
struct EfficiencyTests {
    let reference = EfficiencyReference(cost: MicroUSD(1_000), durationSeconds: 10)

    @Test("up to the reference efficiency is full, beyond it falls")
    func falling() {
        #expect(reference.efficiency(cost: MicroUSD(1_000), durationSeconds: 10) == 1)
        #expect(reference.efficiency(cost: .zero, durationSeconds: 0) == 1)
        // Three times the reference: 2 / (1 + 3) for each half.
        #expect(reference.efficiency(cost: MicroUSD(3_000), durationSeconds: 30) == 0.5)
        #expect(reference.efficiency(cost: MicroUSD(3_000), durationSeconds: 1) == 0.75)
    }

    @Test("with an unknown price the duration decides alone")
    func unknownPrice() {
        #expect(reference.efficiency(cost: nil, durationSeconds: 30) == 0.5)
    }

    @Test("something against a reference of nothing scores nothing, nothing scores all")
    func zeroReference() {
        let free = EfficiencyReference(cost: .zero, durationSeconds: 10)
        #expect(free.efficiency(cost: .zero, durationSeconds: 5) == 1)
        #expect(free.efficiency(cost: MicroUSD(1), durationSeconds: 5) == 0.5)
    }

    @Test("references are medians once there are twenty tasks")
    func references() {
        let few = EfficiencyReference(
            costs: Array(repeating: MicroUSD(7), count: 19), durationsSeconds: (1...21).map(Double.init),
            fallback: reference)
        #expect(few.cost == MicroUSD(1_000))
        #expect(few.durationSeconds == 11)
        #expect(quantile(0.25, of: [4, 1, 3, 2, 5]) == 2)
        #expect(quantile(0.5, of: [1, 2]) == 1.5)
        #expect(quantile(0.5, of: []) == 0)
    }

    @Test("overall weighs the scores that exist and leaves the unknown out")
    func overall() {
        let weights = ScoreWeights.standard
        #expect(isClose(weights.overall(of: Scores(accuracy: 1, efficiency: 0.5)), (0.4 + 0.05) / 0.5))
        #expect(
            isClose(
                weights.overall(of: Scores(accuracy: 1, relevance: 0.5, completeness: 0, efficiency: 1)), 0.625))
        #expect(weights.overall(of: Scores()) == nil)
    }

    @Test("efficiency alone says nothing about quality")
    func efficiencyAlone() {
        #expect(ScoreWeights.standard.overall(of: Scores(efficiency: 1)) == nil)
        let onlyAccuracy = ScoreWeights(accuracy: 1, relevance: 0, completeness: 0, efficiency: 0)
        #expect(onlyAccuracy.overall(of: Scores(accuracy: 0.3, relevance: 1, efficiency: 1)) == 0.3)
        #expect(onlyAccuracy.overall(of: Scores(relevance: 1, efficiency: 1)) == nil)
    }

    @Test("a point of quality has no price when there is no quality, and sums are divided, not averaged")
    func costPerQuality() {
        #expect(isClose(CostPerQuality.point(cost: MicroUSD(500_000), overall: 0.5), 1))
        #expect(CostPerQuality.point(cost: MicroUSD(500_000), overall: 0) == nil)
        #expect(CostPerQuality.point(cost: MicroUSD(500_000), overall: nil) == nil)
        #expect(CostPerQuality.point(cost: nil, overall: 1) == nil)
        #expect(isClose(CostPerQuality.point(totalCost: MicroUSD(3_000_000), totalOverall: Millionths(1.5)), 2))
        #expect(CostPerQuality.point(totalCost: MicroUSD(1), totalOverall: .zero) == nil)
    }

    @Test("a verdict is a number, failed or unknown; only the unknown leaves a mean alone")
    func verdicts() {
        #expect(ScoreVerdict(overall: 0.4).value == 0.4)
        #expect(ScoreVerdict(overall: nil) == .unknown)
        #expect(ScoreVerdict(overall: nil).value == nil)
        #expect(ScoreVerdict(fault: .modelError).value == 0)
        #expect(ScoreVerdict(fault: .internal) == .unknown)
        #expect(ErrorCode.allCases.allSatisfy { !($0.isInfrastructure && $0.isAgentFailure) })
    }

    @Test("an evaluation puts check, judge and effort together, and the check's accuracy stands")
    func evaluation() {
        let judge = JudgeVerdict(accuracy: 0, relevance: 1, completeness: nil, feedback: "on topic")
        let evaluation = Evaluation(
            check: CheckResult(exact: true, detail: "right"), judge: judge, cost: MicroUSD(1_000), durationSeconds: 10,
            reference: reference)
        #expect(evaluation.scores == Scores(accuracy: 1, relevance: 1, efficiency: 1, overall: 1))
        #expect(evaluation.passed == true)
        #expect(evaluation.feedback == "right\non topic")
        #expect(evaluation.formulaVersion == ScoringFormula.version)
        let unknown = Evaluation(check: nil, judge: nil, cost: nil, durationSeconds: 1, reference: reference)
        #expect(unknown.verdict == .unknown)
        #expect(unknown.passed == nil)
        #expect(unknown.scores.efficiency == 1)
    }
}
