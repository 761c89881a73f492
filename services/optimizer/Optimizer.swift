import HoneService

/// Evolves agents' prompts: searches with trials that are ordinary tasks, and offers what has proved better.
@main
enum Optimizer: ServiceDefinition {
    static let name = "optimizer"
    static let summary = "Evolves agents' prompts, and offers only what has proved better."
    static let isUnhurried = true

    static func assemble(_ assembly: inout ServiceAssembly) async throws {
        keepWatch(&assembly)
    }

    /// What it does of its own accord.
    private static func keepWatch(_ assembly: inout ServiceAssembly) {
        let (store, publisher, logger) = (assembly.store, assembly.transport, assembly.logger)
        let observation = assembly.settings.observation
        assembly.run(FireSchedules(store: store, publisher: publisher, logger: logger))
        if let interval = observation.interval {
            assembly.run(
                ObserveAgents(
                    store: store, publisher: publisher, interval: interval, settings: observation, logger: logger))
        }
        assembly.run(ForgetInsights(store: store, logger: logger))
        assembly.run(
            WatchDeployments(store: store, publisher: publisher, settings: assembly.settings.canary, logger: logger))
    }
}
