import Foundation
import HoneAPI

/// A report as Markdown, for mails and wikis. The pictures stay behind; all their figures are in the tables.
struct ReportMarkdown {
    let report: ReportBody

    var text: String {
        let head = [
            "# Hone, \(report.from) to \(report.to)", "", "Made \(Format.time(report.generatedAt)).", "",
        ]
        return (head + ReportSection.all(of: report).flatMap(lines)).joined(separator: "\n")
    }

    private func lines(_ section: ReportSection) -> [String] {
        ["## \(section.title)", ""] + (section.note.map { [$0, ""] } ?? []) + table(section) + [""]
    }

    private func table(_ section: ReportSection) -> [String] {
        guard !section.table.rows.isEmpty else { return [section.nothing] }
        let columns = section.table.columns
        let rule = columns.map { $0.isNumber ? "---:" : "---" }
        return ([columns.map(\.title), rule] + section.table.rows.map { $0.map(Self.escaped) })
            .map { "| " + $0.joined(separator: " | ") + " |" }
    }

    /// On one line, and with nothing in it that Markdown or HTML would take for more than text.
    static func escaped(_ text: String) -> String {
        var result = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\\", "`", "*", "_", "{", "}", "[", "]", "(", ")", "#", "!", "|", "~", "@":
                result += "\\\(character)"
            case _ where character.properties.generalCategory == .control: result += " "
            default: result.unicodeScalars.append(character)
            }
        }
        return result.replacing("://", with: ":&#47;/").replacing("www.", with: "www&#46;")
    }
}
