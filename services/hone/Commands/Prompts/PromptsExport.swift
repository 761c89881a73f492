import ArgumentParser
import Foundation
import HoneAPI
import HoneCore
import HoneService
import HoneStore

struct PromptsExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write all that speaks for a prompt to one file that proves itself.",
        discussion: """
            Ancestors, diffs, operators and seeds, digests of the benchmark's cases, experiments with their gates, moves \
            with who approved, and what its parts are worth. `hone prompts verify FILE` checks it without any server. The \
            digest is kept in the audit log.
            """)

    @Argument(help: "An id, an agent, or agent@version.") var prompt: PromptReference
    @Option(name: [.customShort("o"), .customLong("output")], help: "Write to this file.", completion: .file())
    var file: String?
    @Flag(help: "It is JSON in any case.") var json = false

    func run() async throws {
        let actor = "cli:\(NSUserName())"
        let bundle = try await Connections.standard().withStore { store in
            let id = try await prompt.find(in: store)
            guard
                let bundle = try await LineageBundle.of(
                    id, from: store, by: actor, version: HoneVersion.current, at: Date())
            else { throw CommandFault("no prompt \(id)") }
            try await store.audit.record(
                actor: actor, action: "prompt.export", subjectKind: "prompt", subjectID: id.description,
                details: ["digest": .string(bundle.digest)])
            return bundle
        }
        let text = try jsonLine(JSONValue(encoding: bundle)) + "\n"
        try await OutputFile.write(to: file) { try await $0.write(text) }
        guard let file else { return }
        Terminal.say("\(bundle.entries.count) entries written to \(file)\ndigest \(bundle.digest)")
    }
}

struct PromptsVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check a file of `hone prompts export`, without any server.",
        discussion: """
            That nothing was changed, that ids follow from the words, that diffs give the children, that moves are legal, \
            and that gates run again on the listed pairs say the same. Exit code 1 when anything does not hold.
            """)

    @Argument(help: "The file, or - for standard input.", completion: .file()) var file: String
    @Option(help: "What the bundle's digest should be, as the audit log or the sender says.") var digest: String?
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let verifier: BundleVerifier
        do {
            verifier = try BundleVerifier(reading: try read())
        } catch let fault as InvalidValue {
            throw CommandFault("\(file) is no bundle of hone prompts export: \(fault)")
        }
        let body = verifier.verified(expecting: digest)
        try output.show(body: body, or: body.text)
        guard body.valid else { throw ExitCode(1) }
    }

    private func read() throws -> Data {
        do {
            return file == "-"
                ? try FileHandle.standardInput.readToEnd() ?? Data() : try Data(contentsOf: URL(filePath: file))
        } catch {
            throw CommandFault("\(file) cannot be read")
        }
    }
}

extension VerificationBody {
    fileprivate var text: String {
        let rows = checks.map { check in
            [check.check.meaning, "\(check.looked)", check.faults == 0 ? "holds" : "\(check.faults) faults"]
        }
        let table = Table(.text("check"), .number("looked at"), .text("result"), rows: rows).text
        let faults = faults.map { "✗ \($0.place): \($0.problem)" }
        let verdict = valid ? "the bundle holds" : "the bundle does NOT hold"
        let head = "\(verdict): prompt \(Format.text(promptID)), digest \(digest)"
        return ([head, "", table] + (faults.isEmpty ? [] : [""] + faults) + notes.map { "note: \($0)" })
            .joined(separator: "\n")
    }
}
