import ArgumentParser
import HoneAPI
import HoneEvolution

struct OptimizeSimulateGate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate-gate", abstract: "Show how often gates err, and how often they see a gain.",
        discussion: """
            Each run sends three prompts that equal their parent through gates that share one error budget: at most 5 in \
            100 runs may promote one. Then one prompt that is better by --gain meets its first gate. Every case is flaky, \
            and costs and times differ from answer to answer. The same seed gives the same figures.
            """)

    @Option(help: "Another seed, other worlds.") var seed: UInt64 = 1
    @Option(help: "Runs without a gain, and as many with one.") var runs = 1_000
    @Option(help: "How much better the better prompt is, as a share of cases.") var gain = 0.2
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...100_000).contains(runs) else { throw ValidationError("--runs takes 1 to 100000") }
        guard gain > 0, gain <= 1 else { throw ValidationError("--gain takes more than 0 and at most 1") }
    }

    func run() throws {
        let body = GateSimulationBody(GateSimulation().figures(runs: runs, seed: seed, gain: gain))
        try output.show(body: body, or: body.text)
    }
}

extension GateSimulationBody {
    fileprivate var text: String {
        Table(
            .text(""), .number("%"), .number("95 % interval"),
            rows: [
                [
                    "runs that promote an equal prompt", Self.percent(falsePromotionRate),
                    Self.range(falsePromotionInterval),
                ],
                [
                    "prompts promoted that gain \(Self.percent(gain)) points", Self.percent(power),
                    Self.range(powerInterval),
                ],
            ]
        ).text
            + "\npairs until these were promoted: median \(Format.text(pairsToDecision.median)), "
            + "90 % within \(Format.text(pairsToDecision.p90)), \(pairsToDecision.most) at most"
    }

    private static func percent(_ share: Double) -> String { Format.decimals(100 * share, 1) }
    private static func range(_ bounds: [Double]) -> String { bounds.map(percent).joined(separator: "…") }
}
