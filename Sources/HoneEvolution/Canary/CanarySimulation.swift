import Foundation
import HoneCore

/// What a canary's watch does in worlds whose truth is known: how often it takes back what is no worse, and how often and
/// how soon what is.
public struct CanarySimulation: Sendable {
    /// A world: how prompts, tasks and people are there.
    public struct World: Sendable, Hashable, Codable {
        /// The canary's share of the tasks.
        public var share = 0.1
        /// How much less often the new prompt passes, in 0…1.
        public var harm = 0.0
        /// How many times the old prompt's cost the new one's is.
        public var costRatio = 1.0
        /// How far the chance to pass moves from the first task to the last, for both prompts.
        public var drift = 0.0
        /// The share of tasks that people rate.
        public var rated = 0.1
        /// Tasks in all, of both prompts.
        public var tasks = 5_000

        public init(share: Double = 0.1, harm: Double = 0, costRatio: Double = 1, drift: Double = 0, tasks: Int = 5_000)
        {
            self.share = share
            self.harm = harm
            self.costRatio = costRatio
            self.drift = drift
            self.tasks = tasks
        }
    }

    public struct Figures: Sendable, Hashable, Codable {
        public let runs: Int
        public let seed: UInt64
        /// The share of runs that take the new prompt back.
        public let rollbackRate: Double
        /// Of those runs: the new prompt's tasks until then, by the median.
        public let medianTasks: Int?
    }

    private let rules: CanaryRules

    public init(rules: CanaryRules = CanaryRules()) {
        self.rules = rules
    }

    public func figures(of world: World, runs: Int, seed: UInt64) -> Figures {
        var generator = SeededGenerator(seed: seed)
        let ends = (0..<runs).compactMap { _ in tasksUntilRollback(world, &generator) }.sorted()
        return Figures(
            runs: runs, seed: seed, rollbackRate: Double(ends.count) / Double(runs),
            medianTasks: ends.isEmpty ? nil : ends[ends.count / 2])
    }

    /// Nil when it is not taken back.
    private func tasksUntilRollback(_ world: World, _ generator: inout SeededGenerator) -> Int? {
        var comparison = CanaryComparison(rules: rules)
        for index in 0..<world.tasks {
            comparison.add(outcome(index, world, &generator))
            if comparison.harm != nil { return comparison.newTasks }
        }
        return nil
    }

    /// Four kinds of tasks, passed with a chance of 0.9 down to 0.45, with costs as skewed as those of answers are.
    private func outcome(_ index: Int, _ world: World, _ generator: inout SeededGenerator) -> CanaryOutcome {
        let isNew = generator.nextUnit() < world.share
        let kind = Int(generator.nextUnit() * 4)
        let usual = 0.9 - 0.15 * Double(kind) + world.drift * Double(index) / Double(world.tasks)
        let passed = generator.nextUnit() < usual - (isNew ? world.harm : 0)
        let stars = generator.nextUnit() < world.rated ? (passed ? 3.0 : 0) + (generator.nextUnit() < 0.5 ? 1 : 0) : nil
        let cost = 1_000 * exp(generator.nextNormal()) * (isNew ? world.costRatio : 1)
        return CanaryOutcome(
            side: isNew ? .new : .old,
            stratum: .init(category: Category.general, complexity: kind + 1), score: passed ? 1 : 0,
            rating: stars.map { $0 / 4 },
            cost: cost)
    }
}
