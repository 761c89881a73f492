import Charts
import Foundation
import HoneAPI
import HoneCore
import HoneIntelligence

extension ReportSection {
    static func failures(_ report: ReportBody) -> ReportSection {
        let codes = Dictionary(grouping: report.failures) { $0.code.rawValue }
            .map { (code: $0.key, count: $0.value.reduce(0) { $0 + $1.count }) }
            .sorted { ($1.count, $0.code) < ($0.count, $1.code) }
        let chart = RowChart(
            id: "failures", title: "Failed attempts by code",
            rows: codes.map { RowChart.Row($0.code, Double($0.count)) }, unit: .count)
        return ReportSection(
            title: "Failures", note: "Failed attempts by code and agent; a task may fail more than once.",
            pictures: codes.isEmpty ? [] : [chart.svg],
            table: Table(
                .text("code"), .text("agent"), .number("attempts"),
                rows: report.failures.map { [$0.code.rawValue, $0.agentID.rawValue, "\($0.count)"] }),
            nothing: "Nothing failed.")
    }

    static func alerts(_ report: ReportBody) -> ReportSection {
        let rows = report.alerts.map { alert in
            [
                minute(alert.raisedAt), alert.clearedAt.map(minute) ?? "stands",
                alert.severity.rawValue, alert.kind.rawValue, alert.subject, alert.message,
            ]
        }
        return ReportSection(
            title: "Alerts",
            table: Table(
                .text("raised"), .text("cleared"), .text("severity"), .text("kind"), .text("subject"),
                .text("message"), rows: rows),
            nothing: "There were none.")
    }

    /// `2026-11-21 08:30`, in UTC.
    private static func minute(_ time: Date) -> String { String(Format.time(time).prefix(16)) }

    static func spendingByAgent(_ report: ReportBody) -> ReportSection {
        spending(report, title: "Spending by agent", column: "agent") { $0.agentID?.rawValue ?? "(judge)" }
    }

    static func spendingByModel(_ report: ReportBody) -> ReportSection {
        spending(report, title: "Spending by model", column: "model") { $0.model?.rawValue ?? "(no model)" }
    }

    private static func spending(
        _ report: ReportBody, title: String, column: String, _ name: (ReportBody.Spent) -> String
    ) -> ReportSection {
        let sums = Dictionary(grouping: report.spending, by: name).map { name, parts in
            (name: name, calls: parts.reduce(0) { $0 + $1.calls }, cost: parts.reduce(0) { $0 + $1.costUSD })
        }.sorted { ($1.cost, $0.name) < ($0.cost, $1.name) }
        let chart = RowChart(
            id: "spending-\(column)", title: title, rows: sums.map { RowChart.Row($0.name, $0.cost) }, unit: .dollars)
        return ReportSection(
            title: title, pictures: sums.contains { $0.cost > 0 } ? [chart.svg] : [],
            table: Table(
                .text(column), .number("attempts"), .number("cost"),
                rows: sums.map { [$0.name, "\($0.calls)", dollars($0.cost)] }),
            nothing: "Nothing was spent.")
    }

    static func reviewers(_ report: ReportBody) -> ReportSection {
        let rows = report.reviewers.map { reviewer in
            [
                reviewer.agentID.rawValue, "\(reviewer.reviews)", "\(reviewer.compared)",
                reviewer.agreement.map { "\(Int(($0 * 100).rounded())) %" } ?? Format.nothing,
                Format.decimals(reviewer.kappa, 2), Format.decimals(reviewer.spearman, 2),
                Format.decimals(reviewer.bias, 2),
            ]
        }
        return ReportSection(
            title: "Reviewers",
            note: """
                Against the check where there is one, else the person's rating, else the judge: agreement on pass and \
                fail (Cohen's κ takes out what chance would do), on the order (Spearman's ρ), and the mean of score − \
                truth.
                """,
            table: Table(
                .text("reviewer"), .number("reviews"), .number("compared"), .number("agreement"), .number("κ"),
                .number("ρ"), .number("bias"), rows: rows),
            nothing: "Nobody reviewed.")
    }
}
