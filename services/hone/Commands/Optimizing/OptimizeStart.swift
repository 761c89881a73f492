import ArgumentParser
import HoneAPI
import HoneBus
import HoneCore
import HoneMessages
import HoneRedis
import HoneService
import HoneStore

struct OptimizeStart: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start", abstract: "Ask for a search for a better prompt of an agent.",
        discussion: """
            It searches on the benchmark's train and validation cases. Whatever limit comes first ends it: rollouts, money \
            or time; so does `hone optimize cancel`.
            """)

    @Argument(help: "The agent's id.") var agent: AgentID
    @Option(help: "The suite to search with.") var benchmark: String
    @Option(help: "gepa, mipro or nsga2.") var algorithm: OptimizationRequested.Algorithm = .gepa
    @Option(help: "How much to try: light, medium or heavy.") var auto: OptimizationRequested.Effort = .medium
    @Option(help: ArgumentHelp("End before more is spent.", valueName: "dollars")) var maxCost: Double?
    @Option(help: ArgumentHelp("End after so many trials.", valueName: "n")) var maxRollouts: Int?
    @Option(help: ArgumentHelp("End after so long.", valueName: "minutes")) var maxMinutes: Double?
    @Option(help: ArgumentHelp("Let the result cost so much more than today's, such as 0.5.", valueName: "share"))
    var costTolerance: Double?
    @Option(help: ArgumentHelp("Let the result take so much longer than today's.", valueName: "share"))
    var timeTolerance: Double?
    @Option(help: "The same seed and answers give the same search; random when not set.") var seed: Int64?
    @Flag(help: "Show it until it is over.") var watch = false
    @OptionGroup var output: OutputOptions

    func validate() throws {
        do {
            try message(OptimizationID(TaskID.new().uuid)).validate()
        } catch {
            throw ValidationError("\(error)")
        }
    }

    func run() async throws {
        let connections = try await Connections.standard()
        let message = message(OptimizationID(TaskID.new().uuid))
        let body = try await connections.withStore { store in
            OptimizationBody(try await queue(message, in: store))
        }
        guard watch else {
            try await connections.withTransport { try await publish(message, to: $0) }
            return try output.show(body: body, or: "\(body.id)")
        }
        let viewer = OptimizationViewer(body.id, connections: connections, output: output)
        try await viewer.follow { try await publish(message, to: $0) }
    }

    private func message(_ id: OptimizationID) -> OptimizationRequested {
        OptimizationRequested(
            optimizationID: id, agentID: agent, algorithm: algorithm, auto: auto, params: params,
            benchmark: benchmark,
            budget: .init(maxCostUSD: maxCost, maxRollouts: maxRollouts, maxMinutes: maxMinutes),
            seed: seed ?? .random(in: 0 ... .max))
    }

    private var params: JSONValue {
        let given = ["cost_tolerance": costTolerance, "time_tolerance": timeTolerance]
        return .object(given.compactMapValues { $0.map(JSONValue.number) })
    }

    private func queue(_ message: OptimizationRequested, in store: Store) async throws -> OptimizationRecord {
        let id = message.optimizationID ?? OptimizationID(TaskID.new().uuid)
        do {
            return try await OptimizationIntake(store).queue(message, as: id, by: KeyAudit.actor, alone: true)
        } catch let refusal as OptimizationRefusal {
            throw CommandFault(refusal.reason)
        }
    }

    /// It is on record, where the optimizer finds it even if nobody hears this.
    private func publish(_ message: OptimizationRequested, to transport: some Publisher) async throws {
        let id = message.optimizationID?.uuid ?? TaskID.new().uuid
        do {
            try await transport.publish([Publication(message, id: id)])
        } catch  where !(error is CancellationError) {
            Terminal.complain("hone: nobody could be told (\(error)); the optimizer finds it on record")
        }
    }
}

struct OptimizeCancel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "End an agent's search now; trials under way are stopped.")

    @Argument(help: "The agent's id.") var agent: AgentID
    @Option(name: .customLong("id"), help: "This search; the one whose turn it is when not set.")
    var id: OptimizationID?
    @Option(help: "Why, for the record.") var reason: String?
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let connections = try await Connections.standard()
        try await connections.withStore { store in
            let cancelled = try await OptimizationIntake(store).cancel(
                id, of: agent, by: KeyAudit.actor, because: reason)
            guard let cancelled else { throw CommandFault("no such optimization of \(agent) is under way") }
            let body = OptimizationBody(cancelled)
            try output.show(body: body, or: body.text)
            try? await connections.withTransport { transport in
                try await transport.publish([Publication(ProgressMade(endOf: cancelled), id: TaskID.new().uuid)])
            }
        }
    }
}
