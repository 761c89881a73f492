import HoneEvolution
import HoneService

/// Evolves agents' prompts: searches with trials that are ordinary tasks, and offers what has proved better.
@main
enum Optimizer: ServiceDefinition {
    static let name = "optimizer"
    static let summary = "Evolves agents' prompts, and offers only what has proved better."
    static let isUnhurried = true
    static let isSealed = true

    static func assemble(_ assembly: inout ServiceAssembly) async throws {
        let (settings, store, logger) = (assembly.settings, assembly.store, assembly.logger)
        let directory = try await assembly.directory()
        let desk = TrialDesk(
            store: store, publisher: assembly.transport, limit: settings.concurrency, logger: logger)
        let memory = InsightDesk(
            store: store, models: directory.models, embeddingModel: settings.embeddingModel,
            retentionDays: settings.observation.memoryDays, logger: logger)
        let proposals = ProposalDesk(
            store: store, directory: directory, memory: memory, settings: settings, logger: logger)
        let parts = RunParts(
            store: store, desk: desk, proposals: proposals, memory: memory, directory: directory,
            progress: assembly.progress, longestRun: settings.longestImprovement / .seconds(1),
            gateRules: gateRules(settings), logger: logger)
        assembly.run(RunOptimizations(parts: parts, limit: settings.concurrency))
        try assembly.handle(TakeRequests(store: store))
        keepWatch(&assembly)
    }

    private static func gateRules(_ settings: Settings) -> GateRules {
        var rules = GateRules()
        rules.costTolerance = settings.gateCostTolerance
        rules.timeTolerance = settings.gateTimeTolerance
        return rules
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
