public import ArgumentParser
import Foundation
import HoneAPI
import HoneCore
public import HoneIntelligence
import HoneService
import HoneStore

struct RoutingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "routing", abstract: "See who gets which task and why, and what other policies would do.",
        subcommands: [
            RoutingStatus.self, RoutingPreview.self, RoutingDecisions.self, RoutingEvaluate.self, RoutingSimulate.self,
        ], defaultSubcommand: RoutingStatus.self)
}

struct RoutingStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show the policy, and how many decisions are on record with what became of them.")

    @OptionGroup var period: PeriodOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let connections = try await Connections.standard()
        let span = try Moment.period(from: period.start(), to: period.end(), days: 1)
        try await connections.withStore { store in
            let coverage = try await store.routing.joinCoverage(
                from: span.lowerBound, to: span.upperBound, limit: PolicyEvaluationBody.mostDecisions)
            let body = RoutingBody(policy(connections.source), from: span.lowerBound, to: span.upperBound, coverage)
            try output.show(body: body, or: body.text)
        }
    }

    private func policy(_ source: SettingsSource) -> RoutingPolicyName {
        source.text("HONE_ROUTING_POLICY").flatMap(RoutingPolicyName.init) ?? .thompson
    }
}

extension RoutingBody {
    fileprivate var text: String {
        var table = Table(
            .text("policy"), .number("decisions"), .number("finished"), .number("with outcome"), .number("coverage"))
        table.add(
            policy.rawValue, "\(decisions)", "\(finished)", "\(joined)",
            joinCoverage.map { Format.decimals($0 * 100, 2) + " %" } ?? Format.nothing)
        return table.text
    }
}

extension RoutingPolicyName: ExpressibleByArgument {}
