import ArgumentParser
import HoneAPI
import HoneCore
import HoneStore

struct AgentShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show how an agent does: where it stands, and by what.",
        discussion: "Of the last 30 days, unless --from or --to say otherwise; rank and changes are of all time.")

    @Argument(help: "An agent's id.")
    var id: AgentID

    @OptionGroup var period: PeriodOptions
    @Option(help: "Only work on this model.") var model: ModelID?
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let span = try Moment.period(from: period.start(), to: period.end(), days: 30)
        let body = try await Connections.standard().withStore { store in
            guard try await store.agents.load(id) != nil else { throw CommandFault("no agent \(id)") }
            return try await PerformanceBody.load(id, in: span, model: model, from: store)
        }
        try output.show(body: body, or: body.text)
    }
}
