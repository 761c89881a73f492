import ArgumentParser

/// One measurement of the bus, of routing, or of NSGA-II's sort, per call, printed as one line of JSON. `infra/bench/bus.py` runs
/// those of the bus in turn with the raw baseline, `infra/bench/nsga2/nsga2.py` the sort with its peers.
@main
struct HoneBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hone-bench", abstract: "Measure the bus of Hone, its routing, and its sorting.",
        subcommands: [Publish.self, Consume.self, Send.self, Listen.self, Route.self, Survive.self])
}
