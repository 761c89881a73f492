import ArgumentParser
import HoneAPI
import HoneCore
import HoneStore

struct ExperimentsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "experiments", abstract: "See which prompts were put to the test, and how they did.",
        subcommands: [ExperimentsList.self, ExperimentsShow.self], defaultSubcommand: ExperimentsList.self)
}

struct ExperimentsList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List experiments, the newest first.")

    @Option(name: .customLong("agent"), help: "Only this agent's.") var agentID: AgentID?
    @Option(name: .customLong("prompt"), help: "Only those of this prompt.") var promptID: PromptID?
    @Option(name: .customLong("optimization"), help: "Only those of this search.") var optimizationID: OptimizationID?
    @Option(help: "Only trial, validation, gate, canary or evaluation.") var kind: String?
    @Option(help: "Only running, completed, inconclusive, failed or cancelled ones.") var status: String?
    @Option(help: "At most this many.") var limit = 50
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...10_000).contains(limit) else { throw ValidationError("--limit takes 1 to 10000") }
        try Self.check(kind, "--kind", ExperimentKind.allCases.map(\.rawValue))
        try Self.check(status, "--status", ["running", "completed", "inconclusive", "failed", "cancelled"])
    }

    private static func check(_ word: String?, _ option: String, _ words: [String]) throws {
        guard let word, !words.contains(word) else { return }
        throw ValidationError("\(option) takes one of " + words.joined(separator: ", "))
    }

    func run() async throws {
        let filter = ExperimentFilter(
            agentID: agentID, promptID: promptID, optimizationID: optimizationID, kind: kind, status: status)
        try await Connections.standard().withStore { store in
            let found = try await store.experiments.list(filter, after: nil, limit: limit + 1)
            let page = try Page(
                found, limit: limit, place: { TimePlace($0.createdAt, id: $0.id.description) },
                item: ExperimentBody.init)
            try output.show(body: page, or: Self.text(page.items))
        }
    }

    private static func text(_ experiments: [ExperimentBody]) -> String {
        let rows = experiments.map { item in
            [
                "\(item.id)", item.agentID.rawValue, item.kind, item.status, "\(item.promptID)",
                "\(item.done)/\(item.cases)", "\(item.passed)", Format.time(item.createdAt),
            ]
        }
        return Table(
            .text("experiment"), .text("agent"), .text("kind"), .text("status"), .text("prompt"), .number("done"),
            .number("passed"), .text("created"), rows: rows
        ).text(orNothing: "no experiments")
    }
}

struct ExperimentsShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one experiment.")

    @Argument(help: "The experiment's id.") var id: ExperimentID
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await Connections.standard().withStore { store in
            guard let record = try await store.experiments.load(id) else { throw CommandFault("no experiment \(id)") }
            let body = ExperimentBody(record)
            try output.show(body: body, or: Self.text(body))
        }
    }

    private static func text(_ item: ExperimentBody) -> String {
        let lines = [
            "experiment    \(item.id)", "agent         \(item.agentID)", "kind          \(item.kind)",
            "status        \(item.status)", "prompt        \(item.promptID)",
            "compared with \(Format.text(item.baselinePromptID))", "benchmark     \(Format.text(item.benchmark))",
            "cases         \(item.done) of \(item.cases) done, \(item.passed) passed",
            item.gate?.text ?? "results       \(Format.value(item.results))",
        ]
        return lines.joined(separator: "\n")
    }
}
