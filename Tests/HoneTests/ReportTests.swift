import Foundation
import HoneAPI
import HoneCore
import HoneIntelligence
import HoneStore
import Testing

@testable import Hone

@Suite("hone report and hone alerts", .timeLimit(.minutes(2)))
struct ReportTests {
    private static let rude = "<script>alert(1)</script> | *ada* [x](http://evil)"
    private let ada = AgentID.of("ada")
    private let bob = AgentID.of("bob")

    /// Two weeks: bob was better in the first one, ada in the second.
    private func fill(_ store: Store) async throws {
        _ = try await store.scoredTask(by: ada, nickname: Self.rude)
        let failed = TaskFault(.modelError, "<img src=x>")
        _ = try await store.scoredTask(by: bob, fault: failed)
        let today = Day(Date())
        var table = StatisticsTable()
        for day in 0..<14 {
            for (agent, mean) in [(ada, day < 7 ? 0.95 : 0.4), (bob, day < 7 ? 0.5 : 0.8)] {
                var cell = StatisticsCell()
                (cell.count, cell.scored, cell.priced) = (50, 50, 50)
                cell.overallSum = Int64(50 * mean * 1e6)
                cell.overallSquares = Int64(50 * mean * mean * 1e6)
                cell.costMicroUSD = 50_000
                let key = StatisticsKey(agent: agent, category: .general, model: ModelID("m1"), day: today - day)
                table.merge(cell, at: key)
            }
        }
        try await store.statistics.merge(table)
        let now = Date()
        try await store.alerts.raise([AlertKey(.costSpike, "ada"): AlertFinding(.warning, Self.rude)], at: now)
        try await store.alerts.raise([AlertKey(.service, "m1"): AlertFinding(.critical, "gone")], at: now)
        try await store.alerts.clear([AlertKey(.service, "m1")], at: now)
    }

    private func withProgram(_ body: (HoneProgram) async throws -> Void) async throws {
        let url = try await TestRecord.url()
        let store = try Store(url: url)
        try await fill(store)
        await store.close()
        try await body(HoneProgram(environment: ["DATABASE_URL": url]))
    }

    @Test("tells of seven days: the ranks and how they moved, days, failures, alerts, money")
    func figures() async throws {
        try await withProgram { program in
            let outcome = try await program.run("report", "--json")
            let report = try WireFormat.decode(ReportBody.self, from: Data(outcome.output.utf8))
            #expect(report.days.count == 7 && report.to == Day(Date()).text)
            #expect(report.leaderboard.map(\.rank) == [1, 2] && report.leaderboard.map(\.previousRank) == [2, 1])
            #expect(report.leaderboard.allSatisfy { $0.tasks == 350 && abs($0.costUSD - 0.35) < 1e-9 })
            #expect(report.totals.tasks == 700 && report.previous.tasks == 700)
            #expect(report.agents.first?.quality == Array(repeating: 0.95, count: 7))
            #expect(report.failures.map(\.code) == [.modelError] && report.failures.map(\.agentID) == [bob])
            #expect(report.alerts.count == 2)
            #expect(
                report.spending.map(\.agentID) == [ada, bob] && report.spending.map(\.costUSD) == [0.0015, 0.0015])
        }
    }

    @Test("in Markdown, with nothing that others wrote taken for more than text")
    func markdown() async throws {
        try await withProgram { program in
            let text = try await program.run("report").output
            for title in ["In short", "Leaderboard", "Day by day", "Failures", "Alerts", "Spending by agent"] {
                #expect(text.contains("## \(title)\n"))
            }
            #expect(text.contains("▲ 1") && text.contains("▼ 1") && text.contains("| model\\_error | bob | 1 |"))
            #expect(!text.contains("<script") && !text.contains("](http") && !text.contains("*ada*"))
            #expect(ReportMarkdown.escaped("a|b\nc <i>") == "a\\|b c &lt;i&gt;")
        }
    }

    @Test("in HTML: one page with its plots, without a script or anything from elsewhere")
    func page() async throws {
        try await withProgram { program in
            let scratch = try Scratch()
            let file = scratch.path + "/report.html"
            let outcome = try await program.run("report", "--format", "html", "-o", file)
            #expect(outcome.status == 0 && outcome.output.isEmpty)
            let html = try String(contentsOfFile: file, encoding: .utf8)
            #expect(!html.contains("<script") && !html.contains("<img") && !html.contains("<link"))
            #expect(!html.contains("src=") && !html.contains("href=") && !html.contains("url("))
            #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
            #expect(html.components(separatedBy: "<svg").count == html.components(separatedBy: "</desc>").count)
            #expect(html.contains("prefers-color-scheme: dark") && html.contains("lang=\"en\""))
            #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["report.html"])
        }
    }

    @Test("of days without any work, and with wrong days")
    func edges() async throws {
        let program = HoneProgram(environment: ["DATABASE_URL": try await TestRecord.url()])
        for format in ["md", "html"] {
            let outcome = try await program.run(
                "report", "--from", "2026-01-01", "--to", "2026-01-01", "--format", format)
            #expect(outcome.status == 0 && outcome.output.contains("No agent is ranked yet."))
        }
        for days in [["--from", "2026-02-01", "--to", "2026-01-01"], ["--from", "soon"], ["--from", "2999-01-01"]] {
            let outcome = try await program.run(["report"] + days)
            #expect(outcome.status == 2, "\(outcome)")
        }
        let outcome = try await program.run("report", "-o", "/nowhere/report.md")
        #expect(outcome.status == 1 && outcome.complaints == "hone: /nowhere/report.md cannot be written\n")
    }

    @Test("alerts: those that stand, or all, or of one kind")
    func alerts() async throws {
        try await withProgram { program in
            let cases: [(options: [String], subjects: Set<String>)] = [
                ([], ["ada"]), (["--all"], ["ada", "m1"]), (["--all", "--kind", "service"], ["m1"]),
                (["--subject", "nobody"], []),
            ]
            for (options, expected) in cases {
                let page = try await program.run(["alerts", "--json"] + options).json(JSONValue.self)
                let subjects = page["items"]?.array?.compactMap { $0["subject"]?.string } ?? []
                #expect(Set(subjects) == expected, "\(options)")
            }
            #expect(try await program.run("alerts").output.contains("cost_spike"))
            #expect(try await program.run("alerts", "--kind", "service").lines == ["nothing to look at"])
            #expect(try await program.run("alerts", "--kind", "weather").status == 2)
        }
    }
}
