import ArgumentParser
import Foundation
import HoneAPI
import HoneCore
import HoneIntelligence
import HoneStore

struct RoutingDecisions: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decisions", abstract: "List who got which task and why, the newest first.")

    @Option(name: .customLong("task"), help: "Only this task's.") var taskID: TaskID?
    @Option(name: .customLong("agent"), help: "Only those that chose this agent.") var agentID: AgentID?
    @Option(help: "Only this policy's: thompson, greedy, ucb, round_robin or pinned.") var policy: String?
    @Option(help: "At most this many.") var limit = 50
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...10_000).contains(limit) else { throw ValidationError("--limit takes 1 to 10000") }
        let policies = RoutingPolicyName.allCases.map(\.rawValue) + ["pinned"]
        if let policy, !policies.contains(policy) {
            throw ValidationError("--policy takes one of " + policies.joined(separator: ", "))
        }
    }

    func run() async throws {
        let filter = DecisionFilter(taskID: taskID, agentID: agentID, policy: policy)
        let found = try await Connections.standard().withStore {
            try await $0.routing.decisions(filter, after: nil, limit: limit + 1)
        }
        let page = try Page(
            found, limit: limit, place: { TimePlace($0.createdAt, id: $0.decision.id.description) },
            item: DecisionBody.init)
        try output.show(body: page, or: Self.text(page.items))
    }

    private static func text(_ decisions: [DecisionBody]) -> String {
        let rows = decisions.map { decision in
            [
                Format.time(decision.createdAt), "\(decision.taskID)", "\(decision.attempt)",
                decision.agentID.rawValue, decision.policy, "\(decision.candidates.count)", decision.reason,
            ]
        }
        return Table(
            .text("time"), .text("task"), .number("attempt"), .text("agent"), .text("policy"), .number("candidates"),
            .text("why"), rows: rows
        ).text(orNothing: "no decisions")
    }
}
