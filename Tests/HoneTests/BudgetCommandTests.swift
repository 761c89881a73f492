import Foundation
import HoneAPI
import HoneCore
import HoneStore
import Testing

@testable import Hone

@Suite("hone budget", .timeLimit(.minutes(2)))
struct BudgetCommandTests {
    @Test("caps are set, shown and taken away, and the lower one of two holds")
    func lifetime() async throws {
        let url = try await TestRecord.url()
        let program = HoneProgram(environment: ["DATABASE_URL": url])
        #expect(try await program.run("budget").output.contains("no cap is set"))
        #expect(try await program.run("budget", "set", "7.5").status == 0)
        let set = try await program.run("budget", "set", "2", "--agent", "kai", "--json").json(JSONValue.self)
        #expect(set["items"]?.array?.map { $0["cap_usd"] } == [7.5, 2])
        #expect(set["items"]?[1]?["agent_id"] == "kai" && set["spent_today_usd"] == 0)
        let table = try await program.run("budget").output
        #expect(table.contains("day") && table.contains("$7.50") && table.contains("agent kai"))
        let stricter = HoneProgram(environment: ["DATABASE_URL": url, "HONE_DAILY_BUDGET_USD": "5"])
        #expect(try await stricter.run("budget", "--json").json(JSONValue.self)["items"]?[0]?["cap_usd"] == 5)
        let none = try await program.run("budget", "set", "none", "--json").json(JSONValue.self)
        #expect(none["items"]?.array?.map { $0["agent_id"] } == ["kai"])
    }

    @Test("wrong usage exits with 2, an agent that is not there with 1")
    func usage() async throws {
        let program = HoneProgram(environment: ["DATABASE_URL": try await TestRecord.url()])
        for arguments in [["set"], ["set", "much"], ["set", "-1"], ["set", "nan"]] {
            #expect(try await program.run(["budget"] + arguments).status == 2, "\(arguments)")
        }
        let stranger = try await program.run("budget", "set", "1", "--agent", "nobody")
        #expect(stranger.status == 1 && stranger.complaints.contains("agent_id"))
    }

    @Test("the doctor says which cap is nearly used up, and which models cannot keep one")
    func doctor() throws {
        func body(spent: Double, refused: Int = 0, items: Int = 1, unpriced: [String] = []) -> BudgetsBody {
            let record = BudgetRecord(
                .day("2026-11-21"), cap: MicroUSD(dollars: 10), spent: MicroUSD(dollars: spent), refused: refused)
            return BudgetsBody(
                day: "2026-11-21", spentTodayUSD: spent, items: Array(repeating: BudgetBody(record), count: items),
                unpricedModels: unpriced.compactMap { ModelID($0) })
        }
        #expect(BudgetExamination.findings(body(spent: 1)).map(\.verdict) == [.fine])
        #expect(BudgetExamination.findings(body(spent: 8)).map(\.verdict) == [.doubtful])
        #expect(BudgetExamination.findings(body(spent: 1, refused: 1)).map(\.verdict) == [.doubtful])
        #expect(BudgetExamination.findings(body(spent: 1, unpriced: ["m"])).map(\.verdict) == [.fine, .doubtful])
        #expect(BudgetExamination.findings(body(spent: 1, items: 0, unpriced: ["m"])).map(\.verdict) == [.fine])
    }
}
