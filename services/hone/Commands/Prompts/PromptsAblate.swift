import ArgumentParser
import HoneAPI
import HoneCore
import HoneEvolution
import HoneStore

struct PromptsAblate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ablate", abstract: "Show the parts of a prompt, and what each was found to be worth.",
        discussion: """
            A part is a paragraph of the system text, a demonstration, the label words or the form of the answer. Its worth \
            is the score with it minus the score without it, on the same cases; where nobody has measured it, there is none.
            """)

    @Argument(help: "An id, an agent, or agent@version.") var prompt: PromptReference
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let body = try await Connections.standard().withStore { store in
            let id = try await prompt.find(in: store)
            guard let body = try await AblationBody.load(id, from: store) else { throw CommandFault("no prompt \(id)") }
            return body
        }
        try output.show(body: body, or: body.text)
    }
}

extension AblationBody {
    fileprivate var text: String {
        let rows = parts.map { part in
            [
                "\(part.part)", Format.change(part.worth), part.proved.map { $0 ? "yes" : "no" } ?? Format.nothing,
                Format.short(part.text),
            ]
        }
        let table = Table(.text("part"), .number("worth"), .text("proved"), .text("words"), rows: rows)
        return (measured ? "" : "nobody has measured it\n") + table.text(orNothing: "it has no parts to leave out")
    }
}
