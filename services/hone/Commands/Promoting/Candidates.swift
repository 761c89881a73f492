import ArgumentParser
import Foundation
import HoneAPI
import HoneCore
import HoneStore

struct Candidates: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List prompts that wait for a person's word, with what speaks for them.")

    @Option(help: "Only those of this agent.") var agent: AgentID?
    @Option(help: "How many at most.") var limit = 50
    @Flag(help: "Show what each changes of the production prompt.") var diff = false
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...500).contains(limit) else { throw ValidationError("--limit is 1 to 500") }
    }

    func run() async throws {
        let page = try await Connections.standard().withStore { store in
            try await CandidateBody.page(of: agent, after: nil, limit: limit, from: store, at: Date())
        }
        try output.show(body: page, or: Self.text(page.items, withDiff: diff))
    }

    private static func text(_ items: [CandidateBody], withDiff: Bool) -> String {
        let table = Table(
            .text("prompt"), .text("agent"), .text("version"), .text("proof"), .number("pairs"), .number("gain"),
            .number("won"), .number("lost"), .number("cost"), .number("time"), .number("age"), .text("state"),
            rows: items.map(\.cells))
        let diffs = withDiff ? items.compactMap { item in item.diff.map { "\n\($0.unified)" } } : []
        return ([table.text(orNothing: "nothing waits")] + diffs).joined(separator: "\n")
    }
}

extension CandidateBody {
    fileprivate var cells: [String] {
        [
            prompt.id.description, prompt.agentID.rawValue, prompt.version, proof.rawValue,
            Format.text(verdict?.pairs), Format.change(verdict?.meanGain), Format.text(verdict?.wins.count),
            Format.text(verdict?.losses.count), Format.times(verdict?.costRatio), Format.times(verdict?.durationRatio),
            Format.age(ageSeconds), canary.map { "canary \(Format.percent($0.share))" } ?? "waits",
        ]
    }
}
