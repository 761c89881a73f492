import ArgumentParser
import Foundation
import HoneAPI
import HoneBus
import HoneCore
import HoneMessages
import HoneRedis
import HoneStore

struct Apply: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Put agents, models, objective templates and benchmarks on record.",
        discussion: """
            Takes YAML files with one or more documents each. All documents of a call are applied in one transaction, \
            or none; applying the same again changes nothing.
            """)

    @Option(
        name: [.customShort("f"), .customLong("file")], help: "A YAML file, a folder of them, or - for standard input.",
        completion: .file())
    var files: [String]

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let resources = try ResourceReader.read(files)
        let connections = try await Connections.standard()
        let outcomes = try await connections.withStore { try await ResourceApplier(store: $0).apply(resources) }
        try output.show(.array(outcomes.map(\.json)), or: outcomes.map(\.text).joined(separator: "\n"))
        await announce(outcomes.flatMap(\.applied.prompts), through: connections)
    }

    /// The record is settled by now; who is not told finds out by looking, so this is no reason to fail.
    private func announce(_ prompts: [PromptChanged], through connections: Connections) async {
        guard !prompts.isEmpty else { return }
        do {
            try await connections.withTransport { transport in
                try await transport.publish(prompts.map { try Publication($0, id: TaskID.new().uuid) })
            }
        } catch {
            Terminal.complain("hone: running services were not told of the new prompts: \(faultLines(of: error)[0])")
        }
    }
}

extension ResourceApplier.Outcome {
    private var note: String? { applied.note }

    fileprivate var text: String {
        let lines = ["\(declared.title) \(applied.change.rawValue)" + (note.map { " (\($0))" } ?? "")]
        return (lines + applied.warnings.map { "  \($0)" }).joined(separator: "\n")
    }

    fileprivate var json: JSONValue {
        [
            "kind": .string(type(of: declared.resource).kind), "id": .string(declared.resource.name),
            "change": .string(applied.change.rawValue), "note": JSONValue(note),
            "warnings": .array(applied.warnings.map(JSONValue.string)),
        ]
    }
}
