import HoneCore

/// What a gate does in worlds whose truth is known: how often it promotes what is no better, and how often what is.
public struct GateSimulation: Sendable {
    /// Children with no gain that one simulated optimization sends to its gates, which share one error budget.
    static let candidatesPerRun = 3

    public struct Figures: Sendable, Hashable, Codable {
        public let runs: Int
        public let seed: UInt64
        /// The share of runs that promote an identical prompt, of flaky cases.
        public let falsePromotionRate: Double
        /// The share of first gates that promote a prompt that is ``gain`` better.
        public let power: Double
        public let gain: Double
        /// Of the gates that promoted what is better.
        public let medianPairs: Int?
    }

    private let rules: GateRules
    private let budget: ErrorBudget

    public init(rules: GateRules = GateRules(), budget: ErrorBudget = ErrorBudget()) {
        self.rules = rules
        self.budget = budget
    }

    /// `gain` in 0…1, of the chance to pass a case.
    public func figures(runs: Int, seed: UInt64, gain: Double = 0.2) -> Figures {
        var generator = SeededGenerator(seed: seed)
        let fooled = (0..<runs).count { _ in isFooled(&generator) }
        let proofs = (0..<runs).map { _ in gate(1, gain: gain, &generator) }.filter { $0.verdict == .promote }
        let pairs = proofs.map(\.report.pairs).sorted()
        return Figures(
            runs: runs, seed: seed, falsePromotionRate: Double(fooled) / Double(runs),
            power: Double(proofs.count) / Double(runs), gain: gain,
            medianPairs: pairs.isEmpty ? nil : pairs[pairs.count / 2])
    }

    /// Whether one run promotes a prompt that equals its parent.
    private func isFooled(_ generator: inout SeededGenerator) -> Bool {
        (1...Self.candidatesPerRun).contains { gate($0, gain: 0, &generator).verdict == .promote }
    }

    /// One gate, to its end. Every case has its own chance to be passed, drawn anew, so that all are flaky.
    private func gate(_ ordinal: Int, gain: Double, _ generator: inout SeededGenerator) -> Gate {
        let cases = (0..<rules.mostPairs).map { "case-\($0)" }
        let chances = Dictionary(
            uniqueKeysWithValues: cases.map { ($0, generator.nextUnit() * (1 - gain)) })
        var gate = Gate(
            holdout: cases, controls: [], alpha: budget.share(ofGate: ordinal), seed: generator.next(), rules: rules)
        while case let due = gate.ask(), !due.isEmpty {
            for trial in due {
                let chance = (chances[trial.caseID] ?? 0) + (trial.side == .child ? gain : 0)
                let passed = generator.nextUnit() < chance
                gate.tell(trial, TrialResult(score: passed ? 1 : 0, passed: passed, cost: 1_000, seconds: 1))
            }
        }
        return gate
    }
}
