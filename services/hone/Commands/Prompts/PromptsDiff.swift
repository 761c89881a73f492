import ArgumentParser
import HoneAPI
import HoneCore
import HoneStore

struct PromptsDiff: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Show what a prompt says otherwise than another.",
        discussion: "Words, demonstrations, labels, the form of the answer and parameters; into a file as `diff -u`.")

    @Argument(help: "An id, an agent, or agent@version.") var prompt: PromptReference
    @Argument(help: "The other one; its first parent, else the one in production, where it is left out.")
    var against: PromptReference?
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let body = try await Connections.standard().withStore { store in
            let id = try await prompt.find(in: store)
            let other = try await against?.find(in: store)
            guard let body = try await PromptDiffBody.load(id, against: other, from: store) else {
                throw CommandFault("no prompt \(id)")
            }
            return body
        }
        try output.show(body: body, or: DiffView(isColoured: Terminal.isInteractive).text(of: body))
    }
}
