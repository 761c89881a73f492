import Charts
import Foundation
import HoneAPI

/// A report as one HTML page that needs nothing else: no script, no font, no picture from anywhere.
struct ReportPage {
    let report: ReportBody

    var html: String {
        let title = "Hone, \(report.from) to \(report.to)"
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>\(escaped(title))</title>
            <style>
            \(ReportStyle.css)
            \(ChartStyle.css)
            </style>
            </head>
            <body>
            <header><h1>\(escaped(title))</h1><p class="note">Made \(Format.time(report.generatedAt)).</p></header>
            <main>
            \(ReportSection.all(of: report).map(html).joined(separator: "\n"))
            </main>
            </body>
            </html>

            """
    }

    private func html(_ section: ReportSection) -> String {
        let id = section.title.lowercased().replacing(" ", with: "-")
        var parts = ["<section aria-labelledby=\"\(id)\">", "<h2 id=\"\(id)\">\(escaped(section.title))</h2>"]
        if let note = section.note { parts.append("<p class=\"note\">\(escaped(note))</p>") }
        if !section.pictures.isEmpty {
            parts.append(region("pictures", of: section, section.pictures.joined(separator: "\n")))
        }
        parts.append(body(section))
        return (parts + ["</section>"]).joined(separator: "\n")
    }

    private func body(_ section: ReportSection) -> String {
        guard !section.table.rows.isEmpty else { return "<p>\(escaped(section.nothing))</p>" }
        let table = region("table", of: section, html(section.table))
        return section.isDetail ? "<details><summary>All figures</summary>\(table)</details>" : table
    }

    /// What is too wide for a screen scrolls by itself; the keyboard reaches it.
    private func region(_ kind: String, of section: ReportSection, _ content: String) -> String {
        """
        <div class="\(kind)" role="region" tabindex="0" aria-label="\(escaped(section.title)): \(kind)">
        \(content)
        </div>
        """
    }

    /// Longer texts may take more than one line.
    private static let longText = 32

    private func html(_ table: Table) -> String {
        func cells(_ tag: String, _ texts: [String]) -> String {
            zip(table.columns, texts).map { column, text in
                let style = column.isNumber ? " class=\"number\"" : text.count > Self.longText ? " class=\"long\"" : ""
                return "<\(tag)\(style)>\(escaped(text))</\(tag.prefix(2))>"
            }.joined()
        }
        let head = "<thead><tr>\(cells("th scope=\"col\"", table.columns.map(\.title)))</tr></thead>"
        let rows = table.rows.map { "<tr>\(cells("td", $0))</tr>" }
        return "<table>\(head)<tbody>\n\(rows.joined(separator: "\n"))\n</tbody></table>"
    }
}
