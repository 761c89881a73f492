/// What came of a gate, as it is kept and shown to the person who approves. Cases are named, never quoted.
public struct GateResult: Sendable, Hashable, Codable {
    public enum Verdict: String, Sendable, Hashable, Codable, CaseIterable {
        case promote, inconclusive
        case noImprovement = "no_improvement"
        case controlsBroken = "controls_broken"
        case tooCostly = "too_costly"
        case tooSlow = "too_slow"
    }

    /// How many times the parent's the child's is; a million where the parent's is nothing.
    public struct Ratio: Sendable, Hashable, Codable {
        private static let most = 1e6

        public let ratio: Double
        public let low: Double
        public let high: Double

        init(_ bounds: RatioBounds) {
            ratio = min(Self.most, bounds.ratio)
            low = min(Self.most, bounds.low)
            high = min(Self.most, bounds.high)
        }
    }

    /// More gates than this have worn a holdout out: what is promoted by it may be fitted to it.
    public static let mostLooks = 20
    /// Fewer controls than this protect little.
    public static let fewestControls = 5

    public let verdict: Verdict
    /// One sentence for people.
    public let reason: String
    public let pairs: Int
    public let parentPassRate: Double?
    public let childPassRate: Double?
    /// The mean of child − parent, with its 95 % interval; null without pairs.
    public let gain: Double?
    public let gainInterval: [Double]?
    /// Of the test martingale, which promotes at the threshold of 1/α.
    public let evidence: Double
    public let threshold: Double
    public let alpha: Double
    /// The gate's number within its optimization, from 1: its share of the run's α.
    public let ordinal: Int
    public let wins: [String]
    public let losses: [String]
    public let controls: Int
    public let brokenControls: [String]
    public let cost: Ratio?
    public let time: Ratio?
    /// Gates that this holdout has served, this one included.
    public let looks: Int
    public let worn: Bool
    /// What to know before trusting it.
    public let warnings: [String]
    /// What the gate was opened with: whoever has its trials can run it again.
    public let opening: GateRecord?

    enum CodingKeys: String, CodingKey {
        case verdict, reason, pairs, gain, evidence, threshold, alpha, ordinal, wins, losses, controls, cost, time,
            looks
        case worn, warnings, opening
        case parentPassRate = "parent_pass_rate"
        case childPassRate = "child_pass_rate"
        case gainInterval = "gain_interval"
        case brokenControls = "broken_controls"
    }
}

extension GateResult {
    /// Of a gate that is over. `looks` counts this one.
    public init(_ report: GateReport, of opening: GateRecord, ordinal: Int, looks: Int) {
        (verdict, reason, brokenControls) = Self.verdict(of: report)
        pairs = report.pairs
        (parentPassRate, childPassRate, gain) = (report.parentRate, report.childRate, report.meanGain)
        gainInterval = report.gainBounds.map { [$0.low, $0.high] }
        (evidence, threshold, alpha) = (report.evidence, report.threshold, 1 / report.threshold)
        (wins, losses) = (report.wins, report.losses)
        (cost, time) = (report.cost.map(Ratio.init), report.time.map(Ratio.init))
        let controls = opening.controls.count
        self.controls = controls
        self.opening = opening
        self.ordinal = ordinal
        self.looks = looks
        worn = looks > Self.mostLooks
        let held = report.heldControls
        let few =
            "production passes \(held) of the \(controls) controls; at least \(Self.fewestControls) should stay solved"
        let old = "the holdout has served \(looks) gates; after \(Self.mostLooks) it is worn: renew its cases"
        warnings = (held < Self.fewestControls ? [few] : []) + (worn ? [old] : [])
    }

    private static func verdict(of report: GateReport) -> (Verdict, String, [String]) {
        switch report.verdict {
        case .promote: (.promote, "it is better, and stays within its bounds", [])
        case .controlsBroken(let cases):
            (.controlsBroken, "cases that must stay solved are not any more: \(cases.joined(separator: ", "))", cases)
        case .tooCostly: (.tooCostly, "it is better, and costs more than it may", [])
        case .tooSlow: (.tooSlow, "it is better, and takes longer than it may", [])
        case .inconclusive(.gain) where (report.meanGain ?? 0) <= 0:
            (.noImprovement, "it does not pass more cases than its parent", [])
        case .inconclusive(let open): (.inconclusive, open.sentence, [])
        case nil: (.inconclusive, "the gate is open", [])
        }
    }
}

extension GateVerdict.Undecided {
    fileprivate var sentence: String {
        switch self {
        case .gain: "the holdout's pairs do not prove that it is better"
        case .cost: "it is better; whether it costs too much is not certain"
        case .time: "it is better; whether it takes too long is not certain"
        case .controls: "a control broke down: nobody knows whether it is still solved"
        case .stopped: "the run's money or time ended before it was decided"
        }
    }
}

extension GateResult {
    /// What is not known is `null`, so that every gate has the same shape.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(verdict, forKey: .verdict)
        try fields.encode(reason, forKey: .reason)
        try fields.encode(pairs, forKey: .pairs)
        try fields.encode(parentPassRate, forKey: .parentPassRate)
        try fields.encode(childPassRate, forKey: .childPassRate)
        try fields.encode(gain, forKey: .gain)
        try fields.encode(gainInterval, forKey: .gainInterval)
        try fields.encode(evidence, forKey: .evidence)
        try fields.encode(threshold, forKey: .threshold)
        try fields.encode(alpha, forKey: .alpha)
        try fields.encode(ordinal, forKey: .ordinal)
        try fields.encode(wins, forKey: .wins)
        try fields.encode(losses, forKey: .losses)
        try fields.encode(controls, forKey: .controls)
        try fields.encode(brokenControls, forKey: .brokenControls)
        try fields.encode(cost, forKey: .cost)
        try fields.encode(time, forKey: .time)
        try fields.encode(looks, forKey: .looks)
        try fields.encode(worn, forKey: .worn)
        try fields.encode(warnings, forKey: .warnings)
        try fields.encode(opening, forKey: .opening)
    }
}
