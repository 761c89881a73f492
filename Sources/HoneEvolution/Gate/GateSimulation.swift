import Foundation
import HoneCore

/// What a gate does in worlds whose truth is known: how often it promotes what is no better, and how often what is.
///
/// Every case has its own chance to be passed, drawn anew for every gate, so that all are flaky; what answers cost and take
/// differs from one to the next, for parent and child alike.
public struct GateSimulation: Sendable {
    /// Children with no gain that one simulated optimization sends to its gates, which share one error budget.
    public static let gatesPerRun = 3
    /// Standard deviations of the logarithms.
    private static let (costNoise, timeNoise) = (0.05, 0.2)

    public struct Figures: Sendable, Hashable, Codable {
        public let runs: Int
        public let seed: UInt64
        /// The share of runs that promote an identical prompt, of flaky cases.
        public let falsePromotionRate: Double
        public let falsePromotionInterval: ShareInterval
        /// The share of first gates that promote a prompt that is ``gain`` better.
        public let power: Double
        public let powerInterval: ShareInterval
        public let gain: Double
        /// Of the gates that promoted what is better.
        public let medianPairs: Int?
        /// Nine of ten of these needed no more.
        public let ninetiethPairs: Int?
    }

    private let rules: GateRules
    private let budget: ErrorBudget

    public init(rules: GateRules = GateRules(), budget: ErrorBudget = ErrorBudget()) {
        self.rules = rules
        self.budget = budget
    }

    /// `runs` is at least 1; `gain` in 0…1, of the chance to pass a case.
    public func figures(runs: Int, seed: UInt64, gain: Double = 0.2) -> Figures {
        var generator = SeededGenerator(seed: seed)
        let fooled = (0..<runs).count { _ in isFooled(&generator) }
        let proofs = (0..<runs).map { _ in gate(1, gain: gain, &generator) }.filter { $0.verdict == .promote }
        let pairs = proofs.map(\.pairs).sorted()
        return Figures(
            runs: runs, seed: seed, falsePromotionRate: Double(fooled) / Double(runs),
            falsePromotionInterval: ShareInterval(fooled, of: runs), power: Double(proofs.count) / Double(runs),
            powerInterval: ShareInterval(proofs.count, of: runs), gain: gain,
            medianPairs: pairs.isEmpty ? nil : pairs[pairs.count / 2],
            ninetiethPairs: pairs.isEmpty ? nil : pairs[pairs.count * 9 / 10])
    }

    /// Whether one run promotes a prompt that equals its parent.
    private func isFooled(_ generator: inout SeededGenerator) -> Bool {
        (1...Self.gatesPerRun).contains { gate($0, gain: 0, &generator).verdict == .promote }
    }

    /// One gate, to its end.
    private func gate(_ ordinal: Int, gain: Double, _ generator: inout SeededGenerator) -> Gate {
        let cases = (0..<rules.mostPairs).map { "case-\($0)" }
        let chances = Dictionary(
            uniqueKeysWithValues: cases.map { ($0, generator.nextUnit() * (1 - gain)) })
        var gate = Gate(
            holdout: cases, controls: [], alpha: budget.share(ofGate: ordinal), seed: generator.next(), rules: rules)
        while case let due = gate.ask(), !due.isEmpty {
            for trial in due {
                let chance = (chances[trial.caseID] ?? 0) + (trial.side == .child ? gain : 0)
                gate.tell(trial, Self.result(generator.nextUnit() < chance, &generator))
            }
        }
        return gate
    }

    private static func result(_ passed: Bool, _ generator: inout SeededGenerator) -> TrialResult {
        TrialResult(
            score: passed ? 1 : 0, passed: passed, cost: 1_000 * exp(costNoise * generator.nextNormal()),
            seconds: exp(timeNoise * generator.nextNormal()))
    }
}
