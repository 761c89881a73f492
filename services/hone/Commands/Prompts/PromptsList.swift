import ArgumentParser
import HoneAPI
import HoneCore
import HoneStore

struct PromptsList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List prompts, the newest first.")

    @Option(name: .customLong("agent"), help: "Only this agent's.") var agentID: AgentID?
    @Option(name: .customLong("type"), help: "Only those written for this kind of agent.") var agentType: String?
    @Option(help: "Only in this state: draft, experimental, candidate, production or archived.")
    var state: PromptLifecycle?
    @Option(help: "Only those that have this label.") var label: String?
    @Option(help: "At most this many.") var limit = 50
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...10_000).contains(limit) else { throw ValidationError("--limit takes 1 to 10000") }
    }

    func run() async throws {
        let filter = PromptFilter(agentID: agentID, agentType: agentType, state: state, label: label)
        let page = try await Connections.standard().withStore {
            try await PromptBody.page(filter, after: nil, limit: limit, from: $0)
        }
        try output.show(body: page, or: page.items.table.text(orNothing: "no prompts"))
    }
}

extension [PromptBody] {
    var table: Table {
        let rows = map { prompt in
            [
                prompt.agentID.rawValue, prompt.version, Format.text(prompt.state?.rawValue),
                Format.time(prompt.since), prompt.madeBy, prompt.labels.joined(separator: ","), "\(prompt.id)",
            ]
        }
        return Table(
            .text("agent"), .text("version"), .text("state"), .text("since"), .text("made by"), .text("labels"),
            .text("id"), rows: rows)
    }
}
