public import HoneCore
public import HoneIntelligence
public import HoneStore

/// A value with its 95 % interval.
public struct GainBody: Codable, Sendable, Hashable {
    public var value: Double
    public var low: Double
    public var high: Double

    public init(_ estimate: IntervalEstimate) {
        value = estimate.value
        low = estimate.low
        high = estimate.high
    }
}

/// Two evaluations of the same cases, the later one against the one that it is to be compared with.
public struct ComparisonBody: Codable, Sendable {
    public var benchmark: String
    /// Nil for all cases.
    @OrNull public var split: BenchmarkSplit?
    public var baseline: SideBody
    public var optimized: SideBody
    /// Cases with a verdict in both; 0 until both are completed.
    public var cases: Int
    /// Of the pass rate, over those cases; null without any.
    @OrNull public var improvement: GainBody?
    /// Cases that only the optimized one passes, and those that only the baseline does.
    public var wins: [String]
    public var losses: [String]
    /// Optimized over baseline, in all cases of known cost, or duration, in both; null without any.
    @OrNull public var costRatio: Double?
    @OrNull public var durationRatio: Double?

    /// One of the two.
    public struct SideBody: Codable, Sendable {
        public var evaluationID: EvaluationID
        @OrNull public var promptID: PromptID?
        public var status: EvaluationStatus
        @OrNull public var passRate: Double?
        @OrNull public var avgConfidence: Double?

        enum CodingKeys: String, CodingKey {
            case status
            case evaluationID = "evaluation_id"
            case promptID = "prompt_id"
            case passRate = "pass_rate"
            case avgConfidence = "avg_confidence"
        }

        init(_ record: EvaluationRecord) {
            evaluationID = record.id
            promptID = record.promptID
            status = record.status
            passRate = record.passRate
            avgConfidence = record.avgConfidence
        }
    }

    enum CodingKeys: String, CodingKey {
        case benchmark, split, baseline, optimized, cases, improvement, wins, losses
        case costRatio = "cost_ratio"
        case durationRatio = "duration_ratio"
    }

    /// Nil for evaluations of different cases.
    public init?(of record: EvaluationRecord, against baseline: EvaluationRecord) {
        guard let benchmark = record.benchmarkID, benchmark == baseline.benchmarkID, record.split == baseline.split,
            record.id != baseline.id
        else { return nil }
        self.benchmark = benchmark
        split = record.split
        self.baseline = SideBody(baseline)
        optimized = SideBody(record)
        let (old, new) = (baseline.results ?? [], record.results ?? [])
        let found = PairedImprovement(before: old.verdicts, after: new.verdicts)
        cases = found?.cases ?? 0
        improvement = (found?.gain).map(GainBody.init)
        wins = found?.wins ?? []
        losses = found?.losses ?? []
        costRatio = new.ratio(to: old, of: \.costUSD)
        durationRatio = new.ratio(to: old, of: \.durationSeconds)
    }
}

extension [CaseResult] {
    fileprivate var verdicts: [String: Bool] {
        Dictionary(compactMap { result in result.verdict.map { (result.caseID, $0) } }) { first, _ in first }
    }

    /// The sum over those of the others, case by case; nil where there is nothing to divide by.
    fileprivate func ratio(to others: [CaseResult], of figure: (CaseResult) -> Double?) -> Double? {
        let known = Dictionary(others.compactMap { other in figure(other).map { (other.caseID, $0) } }) { first, _ in
            first
        }
        let pairs = compactMap { result in
            figure(result).flatMap { new in known[result.caseID].map { (new: new, old: $0) } }
        }
        let old = pairs.reduce(0) { $0 + $1.old }
        return old > 0 ? pairs.reduce(0) { $0 + $1.new } / old : nil
    }
}
