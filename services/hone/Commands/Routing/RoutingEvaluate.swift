import ArgumentParser
import Foundation
import HoneAPI
import HoneIntelligence
import HoneStore

struct RoutingEvaluate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate", abstract: "Estimate from the log what another policy would have been worth.",
        discussion: """
            In mean overall score per task, with 95 % intervals: inverse propensity scoring (Horvitz and Thompson 1952), \
            the same self-normalised, and doubly robust (Dudík et al. 2011). Refused where the log cannot tell.
            """)

    @Option(help: "thompson, greedy, ucb or round_robin.") var policy: RoutingPolicyName
    @OptionGroup var period: PeriodOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let span = try Moment.period(from: period.start(), to: period.end(), days: 30)
        try await Connections.standard().withStore { store in
            let outcomes = try await store.routing.outcomes(
                from: span.lowerBound, to: span.upperBound, limit: PolicyEvaluationBody.mostDecisions)
            let body = try evaluation(from: span.lowerBound, to: span.upperBound, outcomes)
            try output.show(body: body, or: body.text)
        }
    }

    private func evaluation(from: Date, to: Date, _ outcomes: [DecisionOutcome]) throws -> PolicyEvaluationBody {
        do throws(EvaluationRefusal) {
            return try PolicyEvaluationBody(policy, from: from, to: to, outcomes: outcomes)
        } catch {
            throw CommandFault("\(policy.rawValue) cannot be evaluated: \(error)")
        }
    }
}

extension PolicyEvaluationBody {
    fileprivate var text: String {
        var table = Table(.text("estimate"), .number("value"), .number("low"), .number("high"))
        let rows = [
            ("as logged", logged), ("inverse propensity", ips), ("self-normalised", snips),
            ("doubly robust", doublyRobust),
        ]
        for (name, estimate) in rows {
            table.add(
                name, Format.decimals(estimate.value, 4), Format.decimals(estimate.low, 4),
                Format.decimals(estimate.high, 4))
        }
        return table.text
            + "\n\(decisions) decisions, worth \(Int(effectiveSampleSize)) of \(policy.rawValue)'s own; \(unknown) without a "
            + "known outcome; \(Format.decimals(unsupported * 100, 1)) % of its choices are not in the log"
    }
}
