import ArgumentParser
import Foundation
import HoneAPI
import HoneCore
import HoneStore

struct OptimizeObservations: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "observations", abstract: "List agents that were found to need a better prompt, and why.",
        discussion: "Newest first. The optimizer looks at agents' last runs by itself (HONE_OBSERVE_EVERY).")

    @Option(help: ArgumentHelp("Only of this one.", valueName: "id")) var agent: AgentID?
    @Option(help: "At most this many.") var limit = 20

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...1_000).contains(limit) else { throw ValidationError("--limit takes 1 to 1000") }
    }

    func run() async throws {
        let found = try await Connections.standard().withStore {
            try await $0.observations.list(of: agent, limit: limit)
        }
        try output.show(
            body: Page(items: found.map(ObservationBody.init), nextCursor: nil), or: Self.text(of: found))
    }

    private static func text(of found: [ObservationRecord]) -> String {
        let rows = found.map { record in
            let cluster = record.summary["clusters"]?[0]
            let failure = cluster.map { "\(Format.value($0["count"])) × \(Format.value($0["code"]))" }
            return [
                Format.time(record.observedAt), record.agentID.rawValue, record.role.rawValue,
                "\(Format.value(record.summary["passed"])) of \(passedOf(record.summary))",
                record.summary["mean_cost_usd"]?.double.map(Format.dollars) ?? Format.nothing,
                Format.text(failure), record.benchmarkID ?? "none in its category",
                record.refusal.map { "refused: \($0)" } ?? Format.text(record.optimizationID),
            ]
        }
        return Table(
            .text("time"), .text("agent"), .text("as"), .text("passed"), .number("mean cost"), .text("most often"),
            .text("benchmark"), .text("optimization"), rows: rows
        ).text(orNothing: "nothing was found")
    }

    private static func passedOf(_ summary: JSONValue) -> Int {
        (summary["passed"]?.int ?? 0) + (summary["failed"]?.int ?? 0)
    }
}
