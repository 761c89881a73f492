import ArgumentParser
import HoneAPI
import HoneCore
import HoneStore

struct OptimizeCompare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Show what an agent's newest deployment was worth.",
        discussion: "On the agent's benchmark, which is run with both prompts after a deployment, and on its own work.")

    @Argument(help: "An agent's id.") var agent: AgentID
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let body = try await Connections.standard().withStore { store in
            guard try await store.agents.load(agent) != nil else { throw CommandFault("no agent \(agent)") }
            guard let body = try await DeploymentBody.latest(of: agent, from: store) else {
                throw CommandFault("nothing of \(agent) was deployed")
            }
            return body
        }
        try output.show(body: body, or: body.text)
    }
}

extension DeploymentBody {
    var text: String {
        let head =
            "\(status.rawValue), \(proof.rawValue), \(Format.percent(share)) of the tasks, by \(actor): \(reason)"
        let end = endReason.map { "ended \(Format.time(endedAt)): \($0)" }
        return [head, end, benchmarkText, workText].compactMap(\.self).joined(separator: "\n\n")
    }

    private var benchmarkText: String? {
        guard let comparison else { return evaluationNote.map { "not measured on a benchmark: \($0)" } }
        return comparison.text
    }

    private var workText: String? {
        guard let old = figures?["old"], let new = figures?["new"] else { return nil }
        let rows = [("before", old), ("after", new)].map { name, side in
            [
                name, Format.value(side["tasks"]), Format.score(side["mean_score"]?.double),
                Format.decimals(side["mean_rating"]?.double, 2),
                Format.text(side["mean_cost_micro_usd"]?.double.map { Format.dollars($0 / 1e6) }),
            ]
        }
        let table = Table(
            .text("own work"), .number("tasks"), .number("score"), .number("stars"), .number("cost"), rows: rows)
        let worse = figures?["harm"]?.string.map { "proved worse by its \($0)" }
        return ([table.text] + [worse].compactMap(\.self)).joined(separator: "\n")
    }
}

extension ComparisonBody {
    fileprivate var text: String {
        let table = Table(
            .text("benchmark \(benchmark)\(split.map { ", \($0.rawValue)" } ?? "")"), .text("status"),
            .number("passed"), .number("score"),
            rows: [("before", baseline), ("after", optimized)].map { name, side in
                [name, side.status.rawValue, Format.score(side.passRate), Format.score(side.avgConfidence)]
            })
        guard let improvement else { return table.text }
        return table.text + "\n\(Format.change(improvement.value)) passed "
            + "(\(Format.change(improvement.low)) to \(Format.change(improvement.high)), \(cases) cases), "
            + "\(wins.count) won, \(losses.count) lost, cost \(Format.times(costRatio)), "
            + "time \(Format.times(durationRatio))"
    }
}
