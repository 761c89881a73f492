import ArgumentParser
import Foundation
import HoneAPI
import HoneCore

struct BenchmarksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benchmarks", abstract: "Take in suites of work with known answers.",
        discussion: "`hone get benchmarks` prints those on record.", subcommands: [BenchmarksImport.self])
}

struct BenchmarksImport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Make a suite equal to a file of JSON lines.",
        discussion: """
            One case per line: {"id": …, "input": …, "expected": {…}, "split": "train|validation|holdout", "control": \
            false}. Cases that name no split are dealt out by their ids: 30 % train, 20 % validation, 50 % holdout. \
            Importing the same again changes nothing; cases that have results stay for good.
            """)

    @Argument(help: "The file, or - for standard input.", completion: .file(extensions: ["jsonl"])) var file: String
    @Option(help: "What kind of work it is.") var category: HoneCore.Category
    @Option(help: "The suite's id; the file's name without its ending when not set.") var id: BenchmarkName?
    @Option(help: "What it is for, for people.") var description = ""
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard name == nil else { return }
        throw ValidationError(
            file == "-" ? "--id is needed for standard input" : "\(file) gives no id: set one with --id")
    }

    func run() async throws {
        guard let name else { return }
        let resource = BenchmarkResource(
            id: name.rawValue, category: category, description: description, cases: try cases())
        let (suite, isNew) = try await Connections.standard().withStore { store in
            try await resource.put(in: store, by: KeyAudit.actor)
        }
        let lines = ["benchmark \(suite.id) \(isNew ? "created" : "updated") (\(suite.cases) cases)"]
        try output.show(
            body: suite, or: (lines + (suite.warnings ?? []).map { "  \($0)" }).joined(separator: "\n"))
    }

    private var name: BenchmarkName? {
        id ?? BenchmarkName(((file as NSString).lastPathComponent as NSString).deletingPathExtension)
    }

    private func cases() throws -> [CaseResource] {
        guard let data = file == "-" ? try FileHandle.standardInput.readToEnd() ?? Data() : try? read() else {
            throw CommandFault("\(file) cannot be read")
        }
        guard let text = String(validating: data, as: UTF8.self) else { throw CommandFault("\(file) is not UTF-8") }
        do throws(CaseLines.Faults) {
            return try CaseLines.cases(in: text)
        } catch {
            throw ResourceFaults(list: error.list.map { ResourceFault(file: file, line: $0.line, fault: $0.fault) })
        }
    }

    private func read() throws -> Data { try Data(contentsOf: URL(filePath: file)) }
}

typealias BenchmarkName = Name<BenchmarkResource>
