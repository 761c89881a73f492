import HoneCore

/// Decides whether a prompt takes the place of today's, on holdout cases that nobody searched on.
///
/// It is asked for trials and told their results, in any order; told twice, a trial counts once. First come the controls,
/// then pairs in steps; after each step it looks whether the child is proved better (``TestMartingale``) within its bounds.
public struct Gate: Sendable, Hashable, Codable {
    private let rules: GateRules
    private let alpha: Double
    private let seed: UInt64
    private var controls: ControlCheck
    private var sample: PairedSample
    public private(set) var verdict: GateVerdict?

    /// `alpha` is this gate's share of the run's ``ErrorBudget``; `seed` draws the cases.
    public init(holdout: [String], controls: [String], alpha: Double, seed: UInt64, rules: GateRules = GateRules()) {
        var generator = SeededGenerator(seed: seed)
        let candidates = holdout.filter { !controls.contains($0) }.sorted().shuffled(using: &generator)
        self.rules = rules
        self.alpha = alpha
        self.seed = generator.next()
        self.controls = ControlCheck(controls.sorted())
        sample = PairedSample(Array(candidates.prefix(rules.mostPairs)), step: rules.step)
        settle()
    }

    /// What has to run next; nothing once it is decided.
    public func ask() -> [GateTrial] {
        guard verdict == nil else { return [] }
        return controls.hasDue ? controls.due : sample.due
    }

    /// `result` is nil when the trial broke down: its pair then says nothing.
    public mutating func tell(_ trial: GateTrial, _ result: TrialResult?) {
        guard verdict == nil else { return }
        if controls.hasDue { controls.tell(trial, result) } else { sample.tell(trial, result) }
        settle()
    }

    /// The run's money or time has ended.
    public mutating func stop() {
        if verdict == nil { verdict = .inconclusive(.stopped) }
    }

    /// Goes on until something has to run, or it is decided.
    private mutating func settle() {
        if !controls.broken.isEmpty {
            verdict = .controlsBroken(controls.broken)
        } else if !controls.unknown.isEmpty {
            verdict = .inconclusive(.controls)
        }
        while verdict == nil, !controls.hasDue, !sample.hasDue {
            let undecided = look()
            guard verdict == nil else { return }
            if sample.isExhausted { verdict = .inconclusive(undecided) } else { sample.openNextStep() }
        }
    }

    /// Decides where the pairs suffice; else says what they leave open.
    private mutating func look() -> GateVerdict.Undecided {
        guard evidence.proves(at: alpha) else { return .gain }
        let (cost, time) = (costBounds, timeBounds)
        if let cost, cost.low > 1 + rules.costTolerance { verdict = .tooCostly }
        if let time, time.low > 1 + rules.timeTolerance { verdict = verdict ?? .tooSlow }
        if let cost, cost.high > 1 + rules.costTolerance { return .cost }
        if let time, time.high > 1 + rules.timeTolerance { return .time }
        verdict = .promote
        return .gain
    }
}

// MARK: what the pairs say

extension Gate {
    /// How many pairs count by now.
    var pairs: Int { sample.pairs.count }

    public var report: GateReport {
        let (pairs, evidence) = (sample.pairs, evidence)
        return GateReport(
            verdict: verdict, pairs: pairs.count, evidence: evidence.evidence, threshold: 1 / alpha,
            meanGain: Self.mean(pairs.map(\.difference)),
            gainBounds: pairs.isEmpty ? nil : GainBounds(pairs.map(\.difference), level: rules.boundLevel),
            parentRate: Self.mean(pairs.map { $0.parent.passed ? 1 : 0 }),
            childRate: Self.mean(pairs.map { $0.child.passed ? 1 : 0 }),
            wins: pairs.filter { $0.child.passed && !$0.parent.passed }.map(\.caseID),
            losses: pairs.filter { $0.parent.passed && !$0.child.passed }.map(\.caseID),
            heldControls: controls.held, cost: costBounds, time: timeBounds)
    }

    private static func mean(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }

    private var evidence: TestMartingale {
        var martingale = TestMartingale()
        for pair in sample.pairs { martingale.add(pair.difference) }
        return martingale
    }

    private var costBounds: RatioBounds? {
        let known = sample.pairs.compactMap { pair in
            pair.child.cost.flatMap { child in pair.parent.cost.map { (child: child, parent: $0) } }
        }
        return RatioBounds(
            child: known.map(\.child), parent: known.map(\.parent), level: rules.boundLevel, seed: seed)
    }

    private var timeBounds: RatioBounds? {
        let pairs = sample.pairs
        return RatioBounds(
            child: pairs.map(\.child.seconds), parent: pairs.map(\.parent.seconds), level: rules.boundLevel,
            seed: seed &+ 1)
    }
}
