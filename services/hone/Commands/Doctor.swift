import ArgumentParser
import HoneCore

struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check the installation, and say what to do.", discussion: "Exits with 1 when something is wrong.")

    @Option(name: .customLong("dir"), help: "The folder of the SQL files.", completion: .directory)
    var migrations = "infra/migrations"

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let examination = Examination(connections: try await .standard(), migrations: migrations)
        let findings = await examination.findings()
        let rows = findings.map { [$0.verdict.rawValue, $0.subject, $0.detail, $0.advice ?? ""] }
        let table = Table(.text("verdict"), .text("subject"), .text("found"), .text("what to do"), rows: rows)
        try output.show(["findings": .array(findings.map(\.json))], or: table.text)
        if findings.contains(where: { $0.verdict == .wrong }) { throw ExitCode.failure }
    }
}
