import ArgumentParser
import HoneAPI
import HoneCore
import HoneStore

struct PromptsLineage: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lineage", abstract: "List what a prompt comes from and what comes from it, the oldest first.")

    @Argument(help: "An id, an agent, or agent@version.") var prompt: PromptReference
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let body = try await prompt.lineage()
        try output.show(body: body, or: body.table.text)
    }
}

struct PromptsTree: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tree", abstract: "Draw a prompt's family: each with its state, score and gain.",
        discussion: """
            The score is the mean over all trials; the gain is the mean difference to the first parent on the cases that \
            both have done.
            """)

    @Argument(help: "An id, an agent, or agent@version.") var prompt: PromptReference
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let body = try await prompt.lineage()
        try output.show(body: body, or: FamilyTree(body).text)
    }
}

extension PromptReference {
    fileprivate func lineage() async throws -> LineageBody {
        try await Connections.standard().withStore { store in
            let id = try await find(in: store)
            guard let body = try await LineageBody.load(id, from: store) else { throw CommandFault("no prompt \(id)") }
            return body
        }
    }
}

extension LineageBody {
    fileprivate var table: Table {
        let rows = items.map { prompt in
            [
                prompt.id == id ? "→" : "", prompt.agentID.rawValue, prompt.version,
                Format.text(prompt.state?.rawValue), Format.time(prompt.createdAt), prompt.madeBy,
                prompt.seed.map { "\($0)" } ?? Format.nothing, Format.score(prompt.figures?.score),
                Format.change(prompt.figures?.gain), prompt.parents.map { "\($0)" }.joined(separator: ","),
                "\(prompt.id)",
            ]
        }
        return Table(
            .text(""), .text("agent"), .text("version"), .text("state"), .text("made"), .text("by"), .number("seed"),
            .number("score"), .number("gain"), .text("parents"), .text("id"), rows: rows)
    }
}

/// A family as a tree: each prompt below its first parent; further parents are named.
struct FamilyTree {
    private let subject: PromptID
    private let members: [PromptBody]
    private let children: [PromptID: [PromptBody]]

    init(_ lineage: LineageBody) {
        (subject, members) = (lineage.id, lineage.items)
        let known = Set(members.map(\.id))
        children = Dictionary(grouping: members.filter { $0.parents.first.map(known.contains) == true }) {
            $0.parents.first ?? $0.id
        }
    }

    var text: String {
        let known = Set(members.map(\.id))
        let roots = members.filter { $0.parents.first.map(known.contains) != true }
        return roots.flatMap { [line($0)] + branches(below: $0, indent: "") }.joined(separator: "\n")
    }

    private func branches(below parent: PromptBody, indent: String) -> [String] {
        let below = children[parent.id] ?? []
        return below.enumerated().flatMap { index, child in
            let isLast = index == below.count - 1
            return [indent + (isLast ? "└─ " : "├─ ") + line(child)]
                + branches(below: child, indent: indent + (isLast ? "   " : "│  "))
        }
    }

    private func line(_ prompt: PromptBody) -> String {
        let name = prompt.id == subject ? Terminal.bold("\(prompt.agentID) \(prompt.version)") : prompt.version
        let others = prompt.parents.dropFirst().compactMap { id in members.first { $0.id == id }?.version }
        let words: [String?] = [
            name, Format.text(prompt.state?.rawValue), "score \(Format.score(prompt.figures?.score))",
            "gain \(Format.change(prompt.figures?.gain))", prompt.madeBy,
            others.isEmpty ? nil : "with " + others.joined(separator: ", "),
            prompt.labels.isEmpty ? nil : "[" + prompt.labels.joined(separator: ", ") + "]", "\(prompt.id)",
        ]
        return words.compactMap(\.self).joined(separator: "  ")
    }
}
