import ArgumentParser
import Foundation
import HoneAPI
import HoneCore
import HoneStore

struct PromptsLabel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "label", abstract: "Put labels on a prompt, or take them off.",
        discussion: "Every change is kept with who made it and why; `hone prompts show` has them all in --json.")

    @Argument(help: "An id, an agent, or agent@version.") var prompt: PromptReference
    @Argument(help: "Labels to put on it.") var labels: [String] = []
    @Option(help: "A label to take off; may be repeated.") var remove: [String] = []
    @Option(help: "Why.") var reason: String?
    @OptionGroup var output: OutputOptions

    func validate() throws {
        do {
            try request.validate()
        } catch {
            throw ValidationError("\(error)")
        }
    }

    private var request: LabelRequest { LabelRequest(add: labels, remove: remove, reason: reason) }

    func run() async throws {
        let body = try await Connections.standard().withStore { store in
            let id = try await prompt.find(in: store)
            try await request.apply(to: id, in: store, by: "cli:\(NSUserName())")
            guard let body = try await PromptBody.load(id, from: store) else { throw CommandFault("no prompt \(id)") }
            return body
        }
        let list = body.labels.isEmpty ? "no labels" : body.labels.joined(separator: ", ")
        try output.show(body: body, or: "\(body.agentID) \(body.version): \(list)")
    }
}
