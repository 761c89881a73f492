public import ArgumentParser
public import HoneStore

struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write scores, executions, routing decisions, rewards or statistics as CSV or JSON lines.",
        discussion: """
            In the order of time, as they are at one moment. Money is in dollars. In CSV (RFC 4180) a text that a \
            spreadsheet would take for a formula begins with an apostrophe; JSON lines have every text as it is.
            """)

    @Option(help: "scores, executions, routing, rewards or statistics.") var kind: ExportKind
    @Option(help: "csv or json.") var format: ExportFormat = .csv
    @Flag(help: "The same as --format json.") var json = false
    @Option(name: [.customShort("o"), .customLong("output")], help: "Write to this file.") var file: String?
    @OptionGroup var period: PeriodOptions

    func run() async throws {
        let (kind, format) = (kind, json ? .json : format)
        let (from, to) = (try period.start(), try period.end())
        try await Connections.standard().withStore { store in
            try await OutputFile.write(to: file) { file in
                try await format.write(kind, from: from, to: to, of: store, into: file)
            }
        }
    }
}

extension ExportKind: ExpressibleByArgument {}
