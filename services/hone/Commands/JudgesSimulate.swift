import ArgumentParser
import HoneCore
import HoneIntelligence

struct JudgesSimulate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate", abstract: "Show how often corrected intervals hold the truth.",
        discussion: """
            A made-up judge is off by a known bias; a person rates some of its work. The corrected 95 % interval should hold \
            the truth in 94 to 96 of 100 runs, whatever the bias.
            """)

    private static let biases = [-0.15, -0.1, -0.05, 0, 0.05, 0.1, 0.15]

    @Option(help: "Runs for each bias.") var runs = 10_000
    @Option(help: "Works that the judge scores in a run.") var judged = 400
    @Option(help: "Works of these that a person rates.") var rated = 60
    @Option(help: "The same seed gives the same figures.") var seed: UInt64 = 7

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...1_000_000).contains(runs) else { throw ValidationError("--runs is 1 to 1000000") }
        guard rated >= PredictionPoweredMean.fewestRated, judged >= rated, judged <= 100_000 else {
            throw ValidationError(
                "--rated is at least \(PredictionPoweredMean.fewestRated), --judged at least that and at most 100000")
        }
    }

    func run() throws {
        let outcomes = Self.biases.map { bias in
            (bias: bias, outcome: BiasSimulation(bias: bias, judged: judged, rated: rated).run(runs, seed: seed))
        }
        let rows = outcomes.map { bias, outcome in
            [
                Format.decimals(bias, 2), Format.decimals(100 * outcome.coverage, 2),
                Format.decimals(100 * outcome.uncorrectedCoverage, 2), Format.decimals(outcome.halfWidth, 3),
            ]
        }
        let table = Table(
            .number("judge's bias"), .number("corrected %"), .number("uncorrected %"), .number("± width"), rows: rows)
        try output.show(json(outcomes), or: table.text)
    }

    private func json(_ outcomes: [(bias: Double, outcome: BiasSimulation.Outcome)]) -> JSONValue {
        [
            "runs": .integer(Int64(runs)), "judged": .integer(Int64(judged)), "rated": .integer(Int64(rated)),
            "seed": .string("\(seed)"),
            "biases": .array(
                outcomes.map { bias, outcome in
                    [
                        "bias": .number(bias), "coverage": .number(outcome.coverage),
                        "uncorrected_coverage": .number(outcome.uncorrectedCoverage),
                        "half_width": .number(outcome.halfWidth),
                    ]
                }),
        ]
    }
}
