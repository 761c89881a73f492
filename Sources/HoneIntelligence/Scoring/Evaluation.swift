public import HoneCore

/// Everything the evaluator says about one completed task.
public struct Evaluation: Hashable, Sendable {
    public let scores: Scores
    /// nil when nothing could be said about the work.
    public let passed: Bool?
    public let verdict: ScoreVerdict
    /// Dollars; nil when the score is 0 or unknown, or the price is.
    public let costPerQualityPoint: Double?
    public let feedback: String
    public let formulaVersion: Int

    /// Puts a check (where the task said how), a judge's verdict (where one was asked and could be read) and the effort
    /// together. The check's accuracy stands above the judge's.
    public init(
        check: CheckResult?, judge: JudgeVerdict?, cost: MicroUSD?, durationSeconds: Double,
        reference: EfficiencyReference, weights: ScoreWeights = .standard
    ) {
        var scores = Scores(
            accuracy: check?.accuracy ?? judge?.accuracy, relevance: judge?.relevance,
            completeness: judge?.completeness,
            efficiency: reference.efficiency(cost: cost, durationSeconds: durationSeconds))
        scores.overall = weights.overall(of: scores)
        self.scores = scores
        passed = check?.passed ?? weights.quality(of: scores).map { $0 >= 0.5 }
        verdict = ScoreVerdict(overall: scores.overall)
        costPerQualityPoint = CostPerQuality.point(cost: cost, overall: scores.overall)
        feedback = [check?.detail, judge?.feedback].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: "\n")
        formulaVersion = ScoringFormula.version
    }
}
