import Foundation
import HoneCore

/// How the world of a simulation is made. Said once, documented here, and the same for every policy.
///
/// The chance that an agent passes a task has its logit from the agent's ability (standard deviation 0.8 between agents)
/// plus its aptitude for the category (0.9), around that of 3 in 4: half of the agents pass 57 to 87 % of its tasks, the
/// best of twenty about 97 %. Agents lie closer together than those of the sample job, which makes it harder.
public struct SimulatedWorldOptions: Hashable, Sendable {
    public var agents = 20
    public var categories = 6
    public var tasks = 50_000
    public var tasksPerDay = 1_000
    /// So many agents are not there from the start; they join one after another, evenly over the time.
    public var latecomers = 4
    /// Every day each logit moves by so much (standard deviation), and back towards its centre by a twentieth.
    public var dailyDrift = 0.1
    /// Days between two changes of an agent's prompt or model, on average: everybody is told of the first kind, nobody
    /// of the second (a provider changes what a model's name stands for).
    public var daysBetweenAnnouncedChanges = 25.0
    public var daysBetweenSilentChanges = 50.0
    /// How alike an agent is before and after a change: the correlation of its logits.
    public var likeness = 0.6
    /// Tasks under way at the same time, on average; an agent has room for 4.
    public var underWay = 8.0

    public init() {}
}

/// Agents with their true qualities, which change whether anybody looks or not.
struct SimulatedWorld {
    private static let spread = (ability: 0.8, aptitude: 0.9, centre: 1.1)
    private static let reversion = 0.05

    struct Nature {
        var logit: Double
        var centre: Double
    }

    let options: SimulatedWorldOptions
    /// Per agent: the day it joins, and its cost and time per task as multiples of the usual.
    let joins: [Int]
    let cost: [Double]
    let time: [Double]
    private var natures: [[Nature]]
    private var generator: SeededGenerator
    private(set) var day = 0

    init(_ options: SimulatedWorldOptions, seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        self.options = options
        let days = options.tasks / options.tasksPerDay
        joins = (0..<options.agents).map { agent in
            let late = agent - (options.agents - options.latecomers)
            return late < 0 ? 0 : (late + 1) * days / (options.latecomers + 1)
        }
        cost = joins.map { _ in exp(generator.nextNormal(mean: 0, deviation: 0.5)) }
        time = joins.map { _ in exp(generator.nextNormal(mean: 0, deviation: 0.4)) }
        natures = joins.map { _ in Self.newborn(options.categories, &generator) }
        self.generator = generator
    }

    private static func newborn(_ categories: Int, _ generator: inout SeededGenerator) -> [Nature] {
        let ability = generator.nextNormal(mean: spread.centre, deviation: spread.ability)
        return (0..<categories).map { _ in
            let centre = generator.nextNormal(mean: ability, deviation: spread.aptitude)
            return Nature(logit: centre, centre: centre)
        }
    }

    /// Lets a day pass; returns the agents of which everybody knows that they are others now.
    mutating func passDay() -> [Int] {
        day += 1
        var announced: [Int] = []
        for agent in natures.indices {
            drift(agent)
            if generator.nextUnit() < 1 / options.daysBetweenAnnouncedChanges {
                change(agent)
                announced.append(agent)
            }
            if generator.nextUnit() < 1 / options.daysBetweenSilentChanges { change(agent) }
        }
        return announced
    }

    private mutating func drift(_ agent: Int) {
        for category in natures[agent].indices {
            var nature = natures[agent][category]
            nature.logit += Self.reversion * (nature.centre - nature.logit)
            nature.logit += generator.nextNormal(mean: 0, deviation: options.dailyDrift)
            natures[agent][category] = nature
        }
    }

    /// Neither better nor worse on average, and as varied as before.
    private mutating func change(_ agent: Int) {
        let other = Self.newborn(options.categories, &generator)
        let likeness = options.likeness
        let novelty = (1 - likeness * likeness).squareRoot()
        for category in natures[agent].indices {
            let old = natures[agent][category].logit - Self.spread.centre
            let logit = Self.spread.centre + likeness * old + novelty * (other[category].logit - Self.spread.centre)
            natures[agent][category] = Nature(logit: logit, centre: logit)
        }
    }

    func chanceOfPassing(_ agent: Int, _ category: Int) -> Double {
        1 / (1 + exp(-natures[agent][category].logit))
    }
}
