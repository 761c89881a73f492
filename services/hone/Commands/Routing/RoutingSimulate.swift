import ArgumentParser
import HoneAPI
import HoneIntelligence

struct RoutingSimulate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Compare the policies in a simulated world that changes while they learn it.",
        discussion: """
            Twenty agents and six categories; qualities drift, prompts and models change, announced and not, and agents \
            join late. Regret is the utility lost to an oracle. The same seed gives the same figures.
            """)

    @Option(help: "Another seed, another world.") var seed: UInt64 = 1
    @Option(help: "Tasks, of which 1000 are a day.") var tasks = 50_000
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1_000...1_000_000).contains(tasks) else { throw ValidationError("--tasks takes 1000 to 1000000") }
    }

    func run() throws {
        var options = SimulatedWorldOptions()
        options.tasks = tasks
        let body = SimulationBody(RoutingSimulation(options, seed: seed))
        try output.show(body: body, or: body.text)
    }
}

extension SimulationBody {
    fileprivate var text: String {
        var table = Table(
            .text("policy"), .number("regret"), .number("of epsilon-greedy"), .number("of argmax"), .number("late"),
            .number("score regret"), .number("passed"), .number("oracle"))
        func regret(_ policy: SimulatedPolicy) -> Double? {
            policies.first { $0.policy == policy }?.cumulativeRegret
        }
        for row in policies + [informedEpsilonGreedy] {
            let ratios = [SimulatedPolicy.epsilonGreedy, .argmax].map { baseline in
                regret(baseline).flatMap { $0 > 0 ? row.cumulativeRegret / $0 : nil }
            }
            table.add(
                row.policy.rawValue, Format.decimals(row.cumulativeRegret, 0), Format.decimals(ratios[0], 2),
                Format.decimals(ratios[1], 2), Format.decimals(row.lateRegret, 0),
                Format.decimals(row.cumulativeScoreRegret, 0), Format.score(row.passRate),
                Format.score(row.oraclePassRate))
        }
        return table.text
    }
}
