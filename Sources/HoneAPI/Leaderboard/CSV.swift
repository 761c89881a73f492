import HoneCore
import HoneStore

/// Comma-separated values, RFC 4180, for spreadsheets that people open: no cell of it is taken for a formula.
public struct CSV: Sendable {
    public private(set) var text = ""

    public init(_ header: [String]) {
        add(header)
    }

    public mutating func add(_ cells: [String?]) {
        text += Self.line(cells)
    }

    /// One line with its end, for files that are never in memory as a whole.
    public static func line(_ cells: [String?]) -> String {
        cells.map { cell($0 ?? "") }.joined(separator: ",") + "\r\n"
    }

    /// A text that a spreadsheet would reckon with is marked as text (OWASP, CSV injection); a number stays a number.
    private static func cell(_ text: String) -> String {
        let isFormula = text.utf8.first.map { "=+-@\t\r\n".utf8.contains($0) } ?? false
        let safe = isFormula && Double(text) == nil ? "'" + text : text
        guard safe.utf8.contains(where: { ",\"\r\n".utf8.contains($0) }) else { return safe }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
}

extension LeaderboardView {
    public var csv: String {
        var csv = CSV([
            "rank", "agent_id", "nickname", "total_tasks", "successful_tasks", "failed_tasks", "avg_overall_score",
            "avg_user_rating", "total_cost_usd", "cost_per_quality_point", "avg_duration_seconds", "quality",
            "quality_low", "quality_high", "trend", "badges", "points", "attainable", "rank_band_low", "rank_band_high",
            "flips_to_lose_first", "unknown_tasks",
        ])
        for row in rows { csv.add(row.cells) }
        return csv.text
    }
}

extension LeaderboardView.Row {
    fileprivate var cells: [String?] {
        [
            rank?.description, standing.agentID.rawValue, standing.nickname, "\(standing.totalTasks)",
            "\(standing.successfulTasks)", "\(standing.failedTasks)", standing.avgOverallScore?.description,
            standing.avgUserRating?.description, "\(standing.totalCost.dollars)",
            standing.costPerQualityPoint?.description, standing.avgDurationSeconds?.description,
            quality?.description, interval?.lowerBound.description, interval?.upperBound.description, standing.trend,
            standing.badges.joined(separator: " "), "\(standing.points)", "\(standing.attainable)",
            band?.lowerBound.description, band?.upperBound.description, flipsToLoseFirst?.description,
            "\(standing.unknownTasks)",
        ]
    }
}
