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
        let policy = connections.source.text("HONE_ROUTING_POLICY").flatMap(RoutingPolicyName.init) ?? .thompson
        let span = try Moment.period(from: period.start(), to: period.end(), days: 1)
        let (from, to) = (span.lowerBound, span.upperBound)
        let coverage = try await connections.withStore {
            try await $0.routing.joinCoverage(from: from, to: to, limit: PolicyEvaluationBody.mostDecisions)
        }
        let body = RoutingBody(policy, from: from, to: to, coverage)
        try output.show(body: body, or: body.text)
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
