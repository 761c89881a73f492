import Foundation
import HoneAPI
import HoneCore
import HoneStore

extension PerformanceBody {
    /// One table after the other; what has no rows is left out.
    var text: String {
        let head = ["\(agentID), \(Format.time(from)) to \(Format.time(to))"] + (standing.map { [$0.line] } ?? [])
        let tables = [
            totals("category", byCategory), totals("model", byModel), totals("complexity", byComplexity), nodes,
            modelChanges, promptTable,
            totals("day", Dictionary(series.map { ($0.day, $0.totals) }) { first, _ in first }),
        ]
        return ([head.joined(separator: "\n")] + tables.filter { !$0.rows.isEmpty }.map(\.text))
            .joined(separator: "\n\n")
    }

    private func totals(_ title: String, _ parts: [String: Totals]) -> Table {
        let rows = parts.sorted { $0.key < $1.key }.map { name, totals in
            [
                name, "\(totals.count)", "\(totals.passed)", "\(totals.failed)", "\(totals.unknown)",
                Format.score(totals.avgScore), Format.decimals(totals.avgRating, 1),
                MicroUSD(dollars: totals.costUSD).description, Format.decimals(totals.avgDurationSeconds, 2),
            ]
        }
        return Table(
            .text(title), .number("tasks"), .number("passed"), .number("failed"), .number("unknown"), .number("score"),
            .number("rating"), .number("cost"), .number("seconds"), rows: rows)
    }

    private var nodes: Table {
        let rows = byNode.map { node in
            [
                node.name, "\(node.count)", "\(node.failed)", Format.decimals(node.avgSeconds, 3), "\(node.tokens)",
                Format.score(node.avgQuality),
            ]
        }
        return Table(
            .text("node"), .number("runs"), .number("failed"), .number("seconds"), .number("tokens"),
            .number("quality"), rows: rows)
    }

    private var modelChanges: Table {
        let changed = (standing?.modelPerformance ?? [:]).filter { $0.value.change != nil }
        return changes(
            "new model",
            changed.sorted { ($0.value.since, $0.key) > ($1.value.since, $1.key) }.map {
                ($0.key, $0.value.since, $0.value.before, $0.value.after, $0.value.change)
            })
    }

    private var promptTable: Table {
        changes(
            "new prompt",
            promptChanges.filter { $0.change != nil }.map {
                ($0.version ?? "\($0.promptID)", Format.time($0.since), $0.before, $0.after, $0.change)
            })
    }

    private func changes(
        _ title: String,
        _ rows: [(name: String, since: String, before: MeanFigures?, after: MeanFigures?, change: IntervalFigures?)]
    ) -> Table {
        Table(
            .text(title), .text("since"), .number("before"), .text("95 %"), .number("after"), .text("95 %"),
            .number("change"), .text("95 %"),
            rows: rows.map { row in
                [row.name, row.since] + Self.cells(row.before) + Self.cells(row.after)
                    + [
                        Format.change(row.change?.mean),
                        row.change.map { "\(Format.change($0.low)) to \(Format.change($0.high))" } ?? Format.nothing,
                    ]
            })
    }

    private static func cells(_ mean: MeanFigures?) -> [String] {
        [Format.score(mean?.mean), Format.interval(mean.map { $0.low...max($0.low, $0.high) })]
    }
}

extension StandingBody {
    /// `rank 2 (band 1–3), quality 0.900 (0.810–0.950), …`
    fileprivate var line: String {
        guard let rank else { return "not ranked yet" }
        let band = rankBandLow.flatMap { low in rankBandHigh.map { low...max(low, $0) } }
        let span = qualityLow.flatMap { low in qualityHigh.map { low...max(low, $0) } }
        let words: [String?] = [
            "rank \(rank) (band \(Format.ranks(band)))", "quality \(Format.score(quality)) (\(Format.interval(span)))",
            "\(points) of \(attainable) points", trend.map { "trend \($0)" }, badges.joined(separator: ", "),
        ]
        return words.compactMap(\.self).filter { !$0.isEmpty }.joined(separator: ", ")
    }
}
