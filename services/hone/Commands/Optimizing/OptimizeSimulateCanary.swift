import ArgumentParser
import HoneCore
import HoneEvolution

struct OptimizeSimulateCanary: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate-canary",
        abstract: "Show how often canaries are taken back that are no worse, and that are.",
        discussion: """
            Worlds whose truth is known: four kinds of tasks of different difficulty, a tenth of them rated by people, costs \
            as skewed as those of answers. An equal prompt is to be taken back in at most 5 of 100 runs, also while tasks \
            get harder for both. The same seed gives the same figures.
            """)

    @Option(help: "Another seed, other worlds.") var seed: UInt64 = 1
    @Option(help: "Runs of each world.") var runs = 1_000
    @Option(help: "The canary's share of the tasks.") var share = 0.1
    @Option(help: "Tasks in all, of both prompts.") var tasks = 5_000
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...100_000).contains(runs) else { throw ValidationError("--runs takes 1 to 100000") }
        guard share > 0, share < 1 else { throw ValidationError("--share takes a number between 0 and 1") }
        guard (1...1_000_000).contains(tasks) else { throw ValidationError("--tasks takes 1 to 1000000") }
    }

    func run() throws {
        let rows = worlds.map { name, world in
            CanaryFigures(name, CanarySimulation().figures(of: world, runs: runs, seed: seed))
        }
        let body = CanarySimulationBody(seed: seed, runs: runs, share: share, tasks: tasks, worlds: rows)
        try output.show(body: body, or: body.text)
    }

    private var worlds: [(String, CanarySimulation.World)] {
        func world(harm: Double = 0, costRatio: Double = 1, drift: Double = 0) -> CanarySimulation.World {
            CanarySimulation.World(share: share, harm: harm, costRatio: costRatio, drift: drift, tasks: tasks)
        }
        return [
            ("equal", world()), ("equal, tasks get 40 points harder", world(drift: -0.4)),
            ("equal, costs 10 % more", world(costRatio: 1.1)), ("5 points worse", world(harm: 0.05)),
            ("10 points worse", world(harm: 0.1)), ("20 points worse", world(harm: 0.2)),
            ("costs 30 % more", world(costRatio: 1.3)), ("costs 50 % more", world(costRatio: 1.5)),
        ]
    }
}

/// What canaries come to in worlds whose truth is known.
struct CanarySimulationBody: Encodable {
    let seed: UInt64
    let runs: Int
    let share: Double
    let tasks: Int
    let worlds: [CanaryFigures]

    var text: String {
        Table(
            .text("world"), .number("taken back, %"), .number("canary's tasks until then, median"),
            rows: worlds.map {
                [$0.world, Format.decimals(100 * $0.rollbackRate, 1), Format.text($0.medianTasks)]
            }
        ).text
    }
}

struct CanaryFigures: Encodable {
    let world: String
    let rollbackRate: Double
    let medianTasks: Int?

    enum CodingKeys: String, CodingKey {
        case world
        case rollbackRate = "rollback_rate"
        case medianTasks = "median_tasks"
    }

    init(_ world: String, _ figures: CanarySimulation.Figures) {
        self.world = world
        rollbackRate = figures.rollbackRate
        medianTasks = figures.medianTasks
    }

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(world, forKey: .world)
        try fields.encode(rollbackRate, forKey: .rollbackRate)
        try fields.encode(medianTasks, forKey: .medianTasks)
    }
}
