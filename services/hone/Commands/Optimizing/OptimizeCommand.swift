import ArgumentParser
import HoneAPI
import HoneCore
import HoneStore

struct OptimizeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "optimize", abstract: "Search for better prompts.",
        subcommands: [
            OptimizeStart.self, OptimizeStatus.self, OptimizeList.self, OptimizeWatch.self, OptimizeCancel.self,
            OptimizeSchedule.self, OptimizeObservations.self, OptimizeCompare.self, OptimizeSimulateCanary.self,
            OptimizeSimulateGate.self,
        ])
}

struct OptimizeStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show an agent's newest search.")

    @Argument(help: "The agent's id.") var agent: AgentID
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await Connections.standard().withStore { store in
            guard let latest = try await store.optimizations.list(of: agent, limit: 1).first else {
                throw CommandFault("no optimization of \(agent)")
            }
            let body = OptimizationBody(latest)
            try output.show(body: body, or: body.text)
        }
    }
}

struct OptimizeList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List an agent's searches, the newest first.")

    @Argument(help: "The agent's id.") var agent: AgentID
    @Option(help: "Only queued, running, completed, failed or cancelled ones.") var status: String?
    @Option(help: "At most this many.") var limit = 50
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...10_000).contains(limit) else { throw ValidationError("--limit takes 1 to 10000") }
        let states = ["queued", "running", "completed", "failed", "cancelled"]
        if let status, !states.contains(status) {
            throw ValidationError("--status takes one of " + states.joined(separator: ", "))
        }
    }

    func run() async throws {
        try await Connections.standard().withStore { store in
            let found = try await store.optimizations.list(of: agent, status: status, limit: limit + 1)
            let page = try Page(
                found, limit: limit, place: { TimePlace($0.createdAt, id: $0.id.description) },
                item: { OptimizationBody($0) })
            try output.show(body: page, or: Self.text(page.items))
        }
    }

    private static func text(_ searches: [OptimizationBody]) -> String {
        let rows = searches.map { search in
            [
                "\(search.id)", search.status, search.algorithm, Format.text(search.benchmark),
                Format.score(search.progress?["baseline_score"]?.double),
                Format.score(search.progress?["best_score"]?.double), Format.dollars(search.spentUSD),
                Format.time(search.createdAt), Format.short(search.endReason ?? ""),
            ]
        }
        return Table(
            .text("optimization"), .text("status"), .text("algorithm"), .text("benchmark"), .number("baseline"),
            .number("best"), .number("spent"), .text("created"), .text("ended because"), rows: rows
        ).text(orNothing: "no optimizations")
    }
}

extension OptimizationBody {
    /// What there is to know, line by line.
    var text: String {
        let figures = progress ?? .null
        let lines: [(String, String)] = [
            ("optimization", "\(id)"), ("agent", "\(agentID)"), ("status", status),
            ("search", "\(algorithm), \(auto), seed \(seed)"), ("benchmark", Format.text(benchmark)),
            ("generation", Format.value(figures["generation"])),
            ("candidates", Format.value(figures["candidates"])),
            ("rollouts", Self.rollouts(figures)),
            ("score", Self.scores(figures)), ("front", Self.front(figures)),
            ("best prompt", Format.text(bestPromptID)),
            ("proposals", Format.value(figures["proposer"])), ("spent", Format.dollars(spentUSD)),
            ("time left", Format.seconds(status == "running" ? figures["eta_seconds"]?.double : nil)),
            ("ended because", Format.text(endReason)),
        ]
        let width = lines.map(\.0.count).max() ?? 0
        return lines.filter { $0.1 != Format.nothing }.map { name, value in
            name + String(repeating: " ", count: width - name.count + 2) + value
        }.joined(separator: "\n")
    }

    private static func rollouts(_ figures: JSONValue) -> String {
        guard let used = figures["rollouts_used"]?.int, let left = figures["rollouts_left"]?.int else {
            return Format.nothing
        }
        return "\(used) used, \(left) left"
    }

    /// Score, cost and time of each, by estimate.
    private static func front(_ figures: JSONValue) -> String {
        let points = (figures["front"]?.array ?? []).map { point in
            let values = [
                Format.score(point["score"]?.double),
                point["cost_usd"]?.double.map(Format.dollars) ?? Format.nothing,
                Format.seconds(point["seconds"]?.double),
            ]
            return values.filter { $0 != Format.nothing }.joined(separator: " ")
        }
        return points.isEmpty ? Format.nothing : points.joined(separator: ", ")
    }

    private static func scores(_ figures: JSONValue) -> String {
        guard let baseline = figures["baseline_score"]?.double else { return Format.nothing }
        return "\(Format.score(baseline)) before, \(Format.score(figures["best_score"]?.double)) now"
    }
}
