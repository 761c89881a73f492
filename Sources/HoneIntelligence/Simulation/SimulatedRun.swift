import HoneCore

/// One policy's way through a simulated world.
struct SimulatedRun {
    private struct Work {
        var agent: Int
        var category: Int
        var era: Int
        var outcome: SimulatedOutcome
    }

    let policy: SimulatedPolicy
    let seed: UInt64
    private let options: SimulatedWorldOptions
    private var world: SimulatedWorld
    private var desk: SimulatedDesk
    /// By the task at whose arrival it is done.
    private var underWay: [Int: [Work]] = [:]
    private var categories: SeededGenerator
    private var tally = SimulatedTally()

    init(_ policy: SimulatedPolicy, _ options: SimulatedWorldOptions, seed: UInt64) {
        self.policy = policy
        self.seed = seed
        self.options = options
        world = SimulatedWorld(options, seed: seed)
        desk = SimulatedDesk(options, joins: world.joins)
        categories = SeededGenerator(seed: seed &+ 1)
    }

    mutating func run() -> SimulatedTally {
        for task in 0..<options.tasks {
            if task > 0, task % options.tasksPerDay == 0 { desk.begin(day: world.day + 1, changed: world.passDay()) }
            for work in underWay.removeValue(forKey: task) ?? [] {
                desk.learn(work.outcome, of: work.agent, work.category, era: work.era)
            }
            route(task, Int(categories.nextUnit() * Double(options.categories)))
        }
        return tally
    }

    private mutating func route(_ task: Int, _ category: Int) {
        var mixer = SplitMix64(seed: seed ^ UInt64(task) << 20)
        let draw = Int64(bitPattern: mixer.next())
        guard let (agent, spends) = policy.choose(desk, category: category, seed: draw) else { return }
        let utilities = (0..<desk.present).map { trueUtility($0, category) }
        let outcome = SimulatedOutcome(task: task, agent: agent, category: category, in: world, seed: seed)
        let best = (0..<desk.present).max { utilities[$0] < utilities[$1] } ?? agent
        tally.count(
            task, of: options.tasks, isPassed: outcome.isPassed, regret: utilities[best] - utilities[agent],
            scoreRegret: bestScore(category) - score(agent, category),
            oracleChance: world.chanceOfPassing(best, category))
        desk.begin(agent, category, spendsProbationShare: spends)
        let done = task + max(1, Int((options.underWay * outcome.time).rounded()))
        underWay[done, default: []].append(
            Work(agent: agent, category: category, era: desk.era(agent), outcome: outcome))
    }

    /// What the utility would be if everything were known.
    private func trueUtility(_ agent: Int, _ category: Int) -> Double {
        let weights = UtilityWeights.standard
        let load = desk.load(agent)
        // The means of the log-normal noise.
        let mean = 1.046
        return score(agent, category) - weights.cost * min(10, world.cost[agent] * mean)
            - weights.time * min(10, world.time[agent] * mean) - weights.load * load * load
    }

    private func score(_ agent: Int, _ category: Int) -> Double {
        SimulatedOutcome.expectedScore(world.chanceOfPassing(agent, category))
    }

    private func bestScore(_ category: Int) -> Double {
        (0..<desk.present).map { score($0, category) }.max() ?? 0
    }
}

/// How a policy did.
struct SimulatedTally {
    private(set) var tasks = 0.0
    private(set) var passed = 0.0
    private(set) var regret = 0.0
    private(set) var scoreRegret = 0.0
    private(set) var lateRegret = 0.0
    private(set) var oraclePassed = 0.0

    mutating func count(
        _ task: Int, of all: Int, isPassed: Bool, regret: Double, scoreRegret: Double, oracleChance: Double
    ) {
        tasks += 1
        passed += isPassed ? 1 : 0
        self.regret += regret
        self.scoreRegret += scoreRegret
        if task >= all / 2 { lateRegret += regret }
        oraclePassed += oracleChance
    }
}
