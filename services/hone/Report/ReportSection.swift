import Charts
import HoneAPI

/// A part of a report, whatever it is written in: words, pictures, a table.
struct ReportSection {
    let title: String
    var note: String?
    /// SVG.
    var pictures: [String] = []
    var table: Table
    /// Said instead of a table without rows.
    var nothing: String
    /// The table repeats what the pictures show.
    var isDetail = false
}

extension ReportSection {
    static func all(of report: ReportBody) -> [ReportSection] {
        [
            totals(report), leaderboard(report), days(report), failures(report), alerts(report),
            spendingByAgent(report), spendingByModel(report), reviewers(report),
        ]
    }
}
