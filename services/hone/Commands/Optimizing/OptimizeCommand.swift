import ArgumentParser

struct OptimizeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "optimize", abstract: "Have agents' prompts improved.",
        subcommands: [
            OptimizeSchedule.self, OptimizeObservations.self, OptimizeCompare.self, OptimizeSimulateCanary.self,
        ])
}
