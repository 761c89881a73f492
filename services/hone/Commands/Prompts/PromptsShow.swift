import ArgumentParser
import HoneAPI
import HoneCore
import HoneStore

struct PromptsShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a prompt: its words, where it comes from, and its way so far.")

    @Argument(help: "An id, an agent, or agent@version.") var prompt: PromptReference
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let body = try await Connections.standard().withStore { store in
            let id = try await prompt.find(in: store)
            guard let body = try await PromptBody.load(id, from: store) else { throw CommandFault("no prompt \(id)") }
            return body
        }
        try output.show(body: body, or: body.text)
    }
}

extension PromptBody {
    fileprivate var text: String {
        let head = [
            Terminal.bold("\(agentID) \(version)") + "  \(id)",
            "\(Format.text(state?.rawValue)) since \(Format.time(since)), made by \(madeBy) for \(createdBy)"
                + (seed.map { ", seed \($0)" } ?? ""),
            parents.isEmpty ? "without parents" : "from " + parents.map { "\($0)" }.joined(separator: ", "),
            labels.isEmpty ? nil : "labels " + labels.joined(separator: ", "),
            figures.map { "\($0.line)" },
        ]
        let moves = (transitions ?? []).map { move in
            [
                Format.time(move.at), Format.text(move.from?.rawValue), move.to.rawValue, move.actor,
                Format.short(move.reason),
            ]
        }
        let table = Table(.text("time"), .text("from"), .text("to"), .text("who"), .text("why"), rows: moves)
        return [head.compactMap(\.self).joined(separator: "\n"), template.page, table.text(orNothing: "")]
            .filter { !$0.isEmpty }.joined(separator: "\n\n")
    }
}

extension PromptBody.Figures {
    var line: String {
        let gain = gain.map { ", gain \(Format.change($0)) on \(sharedCases) cases" } ?? ""
        return "score \(Format.score(score)) in \(trials) trials\(gain)"
    }
}
