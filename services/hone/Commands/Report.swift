import ArgumentParser
import Foundation
import HoneAPI
import HoneCore

struct Report: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tell what happened in a week, or other days: leaderboard, quality, cost, failures, alerts.",
        discussion: """
            Whole days in UTC; without --from and --to the seven that end today. HTML is one page with plots that needs \
            nothing else.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case md, html }

    @Option(help: "md or html.") var format: Format = .md
    @Option(name: [.customShort("o"), .customLong("output")], help: "Write to this file.") var file: String?
    @OptionGroup var period: PeriodOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let now = Date()
        guard let days = ReportPeriod(from: try period.start(), to: try period.end(), now: now) else {
            throw ValidationError("--from is after the last day")
        }
        let report = try await Connections.standard().withStore { try await ReportBody(days, from: $0, at: now) }
        let text = try text(of: report)
        try await OutputFile.write(to: file) { try await $0.write(text) }
    }

    private func text(of report: ReportBody) throws -> String {
        guard !output.json else { return try jsonLine(JSONValue(encoding: report)) + "\n" }
        return format == .md ? ReportMarkdown(report: report).text : ReportPage(report: report).html
    }
}
