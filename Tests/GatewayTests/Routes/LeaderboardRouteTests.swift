import Foundation
import HTTP
import HoneAPI
import HoneCore
import HoneMessages
import HoneTestKit
import Postgres
import TestServers
import Testing

@testable import Gateway
@testable import StatsAggregator

@Suite("The leaderboard over HTTP", .timeLimit(.minutes(10)))
struct LeaderboardRouteTests {
    @Test("the published board is answered as it is, in any view")
    func published() async throws {
        try await TestGateway.open(beside: [StatsAggregator.self]) { gateway in
            for (agent, accuracy) in [(AgentID.ada, 0.4), (.bob, 0.9)] {
                let done = try await gateway.workshop.complete(
                    TaskSubmitted(input: "x", category: .analysis), by: agent)
                try await gateway.workshop.send(try await gateway.workshop.evaluate(done, accuracy: accuracy))
            }
            try await gateway.workshop.quiet(.evaluationsCompleted, "stats-aggregator")
            for view in ["overall", "analysis"] {
                try await eventually("bob leads \(view)") {
                    let rows = try await gateway.get("/api/agents/leaderboard?view=\(view)").value["items"]?.array ?? []
                    return rows.first?["agent_id"] == "bob" && rows.first?["rank"] == 1
                        && rows.dropFirst().first?["rank"] == 2
                }
            }
            let board = try await gateway.get("/api/agents/leaderboard").value
            let first = board["items"]?[0]
            #expect(first?["rank_band_low"] == 1 && first?["rank_band_high"] == 2, "\(board)")
            #expect(first?["flips_to_lose_first"]?.int ?? 0 > 0 && board["view"] == "overall")
            #expect(board["flips_to_lose_first"] == first?["flips_to_lose_first"])
            #expect(try await gateway.get("/api/agents/leaderboard?view=nothing").value["items"] == [])
        }
    }

    @Test("a period or a model is counted from the scores themselves, trials of experiments left out")
    func live() async throws {
        try await TestGateway.open { gateway in
            let done = try await gateway.workshop.complete(TaskSubmitted(input: "x", category: .analysis))
            _ = try await gateway.workshop.evaluate(done, accuracy: 0.75)
            let today = try await gateway.get("/api/agents/leaderboard?from=2020-01-01").value["items"]?[0]
            #expect(today?["agent_id"] == "ada" && today?["total_tasks"] == 1 && today?["avg_overall_score"] == 0.75)
            let past = try await gateway.get("/api/agents/leaderboard?to=2020-01-01").value["items"]?[0]
            #expect(past?["total_tasks"] == 0 && past?["rank"] == .null)
            let model = try await gateway.get("/api/agents/leaderboard?model=beta").value["items"]?[0]
            #expect(model?["total_tasks"] == 0)
            try await gateway.workshop.database.pool.run(
                "update agent_performance_scores set experiment_id = gen_random_uuid()")
            let trials = try await gateway.get("/api/agents/leaderboard?from=2020-01-01").value["items"]?[0]
            #expect(trials?["total_tasks"] == 0)
        }
    }

    @Test("as CSV it opens in a spreadsheet, and no name in it is a formula")
    func csv() async throws {
        try await TestGateway.open { gateway in
            let sly: JSONValue = ["id": "sly", "nickname": "=cmd|' /C calc'!A0, \"x\""]
            #expect(try await gateway.post("/api/agents", sly).status == 201)
            let response = try await gateway.get("/api/agents/leaderboard?format=csv&from=2020-01-01")
            #expect(response.headers["content-type"] == "text/csv; charset=utf-8")
            let lines = String(decoding: response.body, as: UTF8.self).components(separatedBy: "\r\n")
            #expect(lines[0].hasPrefix("rank,agent_id,nickname,total_tasks"))
            #expect(lines.contains { $0.hasPrefix(",sly,\"'=cmd|' /C calc'!A0, \"\"x\"\"\",0,") }, "\(lines)")
            let bad = try await gateway.get("/api/agents/leaderboard?format=xml")
            #expect(try bad.status == 422 && bad.value["errors"]?[0]?["field"] == "format")
        }
    }
}
