import HoneService

/// Runs agents: takes assigned tasks, asks the agent's model, streams the tokens, and puts the result on record.
@main
enum Executor: ServiceDefinition {
    static let name = "executor"
    static let summary = "Runs the chosen agent on its language model, streaming tokens."

    static func assemble(_ assembly: inout ServiceAssembly) async throws {
        let directory = try await assembly.directory()
        let heartbeat = Heartbeat(store: assembly.store, logger: assembly.logger)
        assembly.run(heartbeat)
        let runner = AgentRunner(
            directory: directory, circumstances: try await assembly.circumstances(.timing))
        try assembly.handle(
            ExecuteTask(
                store: assembly.store, runner: runner, progress: assembly.progress, heartbeat: heartbeat))
    }
}
