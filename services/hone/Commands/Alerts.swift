public import ArgumentParser
import HoneAPI
public import HoneIntelligence
import HoneStore

struct AlertsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alerts", abstract: "List what somebody should look at.",
        discussion: "Newest first. An alert is raised once, and cleared when it is over.")

    @Flag(help: "Those that are over too.") var all = false
    @Option(help: "quality_drop, cost_spike, failure_rate, backlog, budget, service, prompt_regression or schedule.")
    var kind: AlertKind?
    @Option(help: "Only about this agent, model or stream.") var subject: String?
    @Option(help: "At most this many.") var limit = 50

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...10_000).contains(limit) else { throw ValidationError("--limit takes 1 to 10000") }
    }

    func run() async throws {
        let filter = AlertFilter(isOpen: !all, kind: kind, subject: subject)
        let alerts = try await Connections.standard().withStore { try await $0.alerts.list(filter, limit: limit + 1) }
        try output.show(body: try Page.alerts(alerts, limit: limit), or: Array(alerts.prefix(limit)).text)
    }
}

extension AlertKind: ExpressibleByArgument {}

extension [AlertRecord] {
    fileprivate var text: String {
        let rows = map { alert in
            [
                Format.time(alert.raisedAt), Format.time(alert.clearedAt), alert.severity.rawValue,
                alert.kind.rawValue, alert.subject, Format.short(alert.message, 100),
            ]
        }
        return Table(
            .text("raised"), .text("cleared"), .text("severity"), .text("kind"), .text("subject"), .text("message"),
            rows: rows
        ).text(orNothing: "nothing to look at")
    }
}
