import Foundation
import HoneCore

/// What an agent made of a task. With the standard weights a pass comes to 0.93 (accuracy 1, relevance and completeness
/// 0.9, efficiency 0.8) and a failure to 0.33 (0, 0.5, 0.8), give or take 0.06.
struct SimulatedOutcome: Hashable {
    static let scores = (passed: 0.93, failed: 0.33, noise: 0.06)

    var isPassed: Bool
    var score: Double
    /// Multiples of the usual.
    var cost: Double
    var time: Double

    /// The same for every policy that gives this task to this agent.
    init(task: Int, agent: Int, category: Int, in world: SimulatedWorld, seed: UInt64) {
        var generator = SeededGenerator(seed: seed &+ UInt64(task) &* 0x9E37_79B9 &+ UInt64(agent) << 40)
        isPassed = generator.nextUnit() < world.chanceOfPassing(agent, category)
        let centre = isPassed ? Self.scores.passed : Self.scores.failed
        score = min(1, max(0, generator.nextNormal(mean: centre, deviation: Self.scores.noise)))
        cost = world.cost[agent] * exp(generator.nextNormal(mean: 0, deviation: 0.3))
        time = world.time[agent] * exp(generator.nextNormal(mean: 0, deviation: 0.3))
    }

    static func expectedScore(_ chance: Double) -> Double {
        chance * scores.passed + (1 - chance) * scores.failed
    }
}
