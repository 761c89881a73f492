import ArgumentParser
import Foundation
import HoneAPI
import HoneCore
import HoneIntelligence
import HoneService
import HoneStore
import Logging

struct RoutingPreview: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview", abstract: "Tell who would get a task now, and why not the others.",
        discussion: "Nothing is submitted and nothing changes.")

    @Argument(help: "The input; it matters where no category is given.") var input: String?
    @Option(help: "The category; the router classifies if it is left out.") var category: HoneCore.Category?
    @Option(help: "1 (trivial) to 5.") var complexity: Int?
    @Option(help: "Most dollars for its model calls.") var maxCost: Double?
    @Option(help: "Most seconds of work.") var maxDuration: Double?
    @Option(name: .customLong("agent"), help: "Only this agent; may be repeated.") var agents: [AgentID] = []
    @Option(help: "Not this agent; may be repeated.") var exclude: [AgentID] = []
    @Option(name: .customLong("tool"), help: "Only agents that have this tool; may be repeated.") var tools: [String] =
        []
    @Option(help: "Agents that have failed it already; may be repeated.") var tried: [AgentID] = []
    @Option(help: "Route to this agent, whatever the router thinks.") var pinAgent: AgentID?
    @Option(help: "Of the policy's draws; a decision's own seed gives its draws again.") var seed: Int64?
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let connections = try await Connections.standard()
        let settings = try Settings(connections.source)
        let request = request
        let body = try await connections.withStore { store in
            try await connections.withTransport { transport in
                let logger = Logger(label: "hone")
                let directory = try await Directory(
                    store: store, transport: transport, settings: settings, logger: logger)
                let desk = try await RoutingDesk.atThisMoment(
                    policy: settings.routingPolicy, directory: directory, store: store, logger: logger)
                let seed = seed ?? .random(in: 0 ... .max)
                let (decision, kind) = desk.preview(
                    input.map(JSONValue.string), request, complexity: complexity, seed: seed)
                await directory.close()
                return PreviewBody(
                    decision, isPinned: pinAgent != nil, seed: seed, category: kind.category,
                    categoryConfidence: kind.categoryConfidence, complexity: kind.complexity)
            }
        }
        try output.show(body: body, or: body.text)
    }

    func validate() throws {
        if let complexity, !(1...5).contains(complexity) { throw ValidationError("--complexity takes 1 to 5") }
    }

    private var request: RoutingRequest {
        let constraints = TaskConstraints(
            maxCost: maxCost, maxDuration: maxDuration, agents: agents.isEmpty ? nil : agents,
            exclude: exclude.isEmpty ? nil : exclude)
        return RoutingRequest(
            category: category, constraints: constraints, pinnedAgent: pinAgent, requiredTools: tools,
            tried: Set(tried))
    }
}

extension PreviewBody {
    fileprivate var text: String {
        var table = Table(.text("agent"), .number("score"), .number("chance"), .text("why not"))
        for candidate in candidates.sorted(by: { $0.propensity > $1.propensity }) {
            table.add(
                candidate.agentID.rawValue, Format.score(candidate.score),
                Format.decimals(candidate.propensity * 100, 1) + " %", "")
        }
        for agent in excluded { table.add(agent.agentID.rawValue, "", "", agent.reason) }
        let confidence = categoryConfidence.map { $0 > 0 ? " (classified, \(Format.decimals($0, 2)))" : "" } ?? ""
        let kind = "category \(category?.rawValue ?? "none")\(confidence), complexity \(Format.text(complexity))"
        return "\(reason)\n\(kind)\n\(table.text(orNothing: "there are no agents"))"
    }
}
