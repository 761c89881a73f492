import ArgumentParser

/// One measurement of the bus, or of routing, per call, printed as one line of JSON. `infra/bench/bus.py` runs them in turn with the
/// raw baseline and collects the figures.
@main
struct HoneBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hone-bench", abstract: "Measure the bus of Hone, and its routing.",
        subcommands: [Publish.self, Consume.self, Send.self, Listen.self, Route.self])
}
