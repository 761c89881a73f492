import ArgumentParser
import HoneAPI
import HoneCore
import HoneStore

struct Agents: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the agents, and show how one does.", subcommands: [AgentList.self, AgentShow.self],
        defaultSubcommand: AgentList.self)
}

struct AgentList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the agents, and what they have in hand.")

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let agents = try await Connections.standard().withStore { store in
            try await AgentBody.all(store.agents.all(), in: store)
        }
        let rows = agents.map { agent in
            [
                agent.id.rawValue, agent.nickname, agent.lifecycle.rawValue,
                agent.roles.map(\.rawValue).joined(separator: ","), Format.text(agent.model),
                agent.specialization.map(\.rawValue).joined(separator: ","), "\(agent.inFlight)", "\(agent.capacity)",
            ]
        }
        let table = Table(
            .text("id"), .text("nickname"), .text("lifecycle"), .text("roles"), .text("model"), .text("categories"),
            .number("in hand"), .number("capacity"), rows: rows)
        try output.show(
            body: Page(items: agents, nextCursor: nil),
            or: table.text(orNothing: "no agents yet; `hone apply -f FILE` adds some"))
    }
}
