import HoneCore
import HoneStore

extension TaskDetail {
    var text: String {
        let parts = [summary, attempts, nodes, score.map(Self.text), opinions]
        return parts.compactMap(\.self).joined(separator: "\n\n")
    }

    private var summary: String {
        let facts: [(String, String)] = [
            ("task", "\(task.id)"), ("status", task.status.rawValue), ("category", Format.text(task.category)),
            ("priority", "\(task.priority)"), ("agent", Format.text(task.agentID)),
            ("created", Format.time(task.createdAt)), ("finished", Format.time(task.finishedAt)),
            ("input", Format.value(task.input)), ("output", Format.value(task.output)),
            ("error", Format.text(task.fault)),
        ]
        return facts.filter { $0.1 != Format.nothing }
            .map { "\($0.0):\(String(repeating: " ", count: 10 - $0.0.count))\($0.1)" }.joined(separator: "\n")
    }

    private var attempts: String? {
        guard !decisions.isEmpty else { return nil }
        var table = Table(
            .number("attempt"), .text("agent"), .text("policy"), .text("model"), .number("tokens"), .number("cost"),
            .number("seconds"), .text("result"), .text("reason"))
        for routed in decisions {
            let run = executions.first { $0.attempt == routed.attempt }
            table.add(
                "\(routed.attempt)", routed.agentID.rawValue, routed.decision.policy, Format.text(run?.model),
                Format.text(run?.usage.totalTokens), Format.text(run?.cost),
                Format.decimals(run?.durationSeconds, 2), run.map { $0.fault?.description ?? "completed" } ?? "open",
                Format.short(routed.decision.reason))
        }
        return table.text
    }

    private var nodes: String? {
        let rows = executions.flatMap { run in
            run.nodes.map { node in
                [
                    "\(run.attempt)", node.name, Format.decimals(node.durationSeconds, 3), Format.text(node.tokens),
                    node.success ? "ok" : node.error ?? "failed",
                ]
            }
        }
        guard !rows.isEmpty else { return nil }
        return Table(
            .number("attempt"), .text("node"), .number("seconds"), .number("tokens"), .text("result"), rows: rows
        ).text
    }

    private static func text(_ record: ScoreRecord) -> String {
        let scores = record.scores
        var table = Table(
            .text("scored by"), .number("accuracy"), .number("relevance"), .number("completeness"),
            .number("efficiency"), .number("overall"), .text("passed"), .text("feedback"))
        table.add(
            record.evaluatorKind.rawValue, Format.score(scores.accuracy), Format.score(scores.relevance),
            Format.score(scores.completeness), Format.score(scores.efficiency), Format.score(scores.overall),
            Format.yesNo(record.passed), record.feedback ?? "")
        return table.text
    }

    private var opinions: String? {
        let rows =
            reviews.map { [$0.evaluatorAgentID.rawValue, Format.score($0.score), $0.feedback] }
            + judgements.map { ["\($0.model) (\($0.purpose.rawValue))", Format.score($0.accuracy), $0.reason] }
            + feedback.map { [$0.userID ?? "a person", "\($0.rating)/5", $0.comment ?? ""] }
        guard !rows.isEmpty else { return nil }
        return Table(.text("opinion of"), .number("score"), .text("says"), rows: rows).text
    }
}
