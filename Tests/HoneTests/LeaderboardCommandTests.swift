import Foundation
import HoneAPI
import HoneCore
import HoneIntelligence
import HoneStore
import Testing

@testable import Hone

@Suite("hone leaderboard and hone agents show", .timeLimit(.minutes(5)))
struct LeaderboardCommandTests {
    /// Ada's work with two prompts and Bob's, counted and published.
    private func record() async throws -> HoneProgram {
        let url = try await TestRecord.url()
        let store = try Store(url: url)
        for name in ["ada", "bob"] {
            _ = try await store.agents.apply(
                Agent(id: .named(name), nickname: name.uppercased(), specialization: [.named("analysis")]))
        }
        let prompts = [PromptID.new(), PromptID.new()]
        for index in 0..<8 {
            try await work(store, by: .named("ada"), index < 4 ? 0.5 : 0.75, prompts[index / 4], minutesAgo: 20 - index)
            try await work(store, by: .named("bob"), index == 0 ? nil : 0.25, prompts[0], minutesAgo: 20 - index)
        }
        let table = try await store.statistics.table(in: PeriodFilter())
        let agents = try await store.agents.all().map { LeaderboardAgent($0, points: 7, uses: [:]) }
        try await store.statistics.publish(Leaderboard(table, agents: agents, today: Day(.now)))
        await store.close()
        return HoneProgram(environment: ["DATABASE_URL": url])
    }

    private func work(
        _ store: Store, by agent: AgentID, _ overall: Double?, _ prompt: PromptID, minutesAgo: Int
    ) async throws {
        let id = TaskID.new()
        _ = try await store.tasks.accept([
            Submission(taskID: id, submissionID: UUID(), input: "x", category: .named("analysis"), complexity: 3)
        ])
        _ = try await store.tasks.route([
            Route(
                taskID: id, attempt: 1, agentID: agent, promptID: prompt,
                decision: DecisionRecord(
                    id: RoutingDecisionID(derivedFrom: id, "1"), policy: "thompson", candidates: [agent], scores: [1],
                    propensities: [1], featureNames: [], features: [], reason: "", seed: 1))
        ])
        let ended = Date.now.addingTimeInterval(-60 * Double(minutesAgo))
        _ = try await store.executions.record([
            ExecutionRecord(
                taskID: id, attempt: 1, agentID: agent, model: .named("m1"), temperature: 0,
                usage: TokenUsage(inputTokens: 1, outputTokens: 1, llmCalls: 1), cost: MicroUSD(100),
                durationSeconds: 0.5, finishReason: "stop", nodes: [NodeRecord(name: "model", durationSeconds: 0.5)],
                result: .completed(output: "y"))
        ])
        _ = try await store.scores.insert([
            ScoreRecord(
                taskID: id, agentID: agent, attempt: 1, promptID: prompt, category: .named("analysis"), complexity: 3,
                scores: Scores(overall: overall), formulaVersion: 1, passed: overall.map { $0 >= 0.5 },
                evaluatorKind: .judge, totalTokens: 2,
                cost: MicroUSD(100), costPerQualityPoint: nil, model: .named("m1"), durationSeconds: 0.5,
                createdAt: ended)
        ])
    }

    @Test("the table shows ranks with their bands, quality with its interval, and what the first place hangs on")
    func board() async throws {
        let program = try await record()
        for arguments in [[], ["--view", "analysis"], ["--from", "2020-01-01", "--model", "m1"]] {
            let outcome = try await program.run(["leaderboard"] + arguments)
            #expect(outcome.status == 0 && outcome.lines[0].hasPrefix("RANK  BAND"), "\(outcome)")
            #expect(outcome.lines[1].contains("ADA") && outcome.lines[2].contains("BOB"))
            #expect(outcome.output.contains("1–2") && outcome.output.contains("–0.7"), "\(outcome.output)")
            #expect(outcome.output.contains("more verdict") && outcome.output.contains("could cost ADA"))
            #expect(outcome.output.contains("1 completed without a score"))
        }
    }

    @Test("CSV and JSON are what the route answers, by view, period and model")
    func formats() async throws {
        let program = try await record()
        let csv = try await program.run("leaderboard", "--csv").output.components(separatedBy: "\r\n")
        #expect(csv[0].hasPrefix("rank,agent_id,nickname,total_tasks") && csv[0].contains("flips_to_lose_first"))
        #expect(csv[1].hasPrefix("1,ada,ADA,8,8,0,0.625"))
        let json = try await program.run("leaderboard", "--view", "cost", "--json").json(JSONValue.self)
        #expect(json["view"] == "cost" && json["items"]?[0]?["agent_id"] == "ada")
        #expect(json["items"]?[0]?["rank_band_low"] == 1)
        let past = try await program.run("leaderboard", "--to", "2020-01-01", "--json").json(JSONValue.self)
        #expect(past["items"]?[0]?["total_tasks"] == 0 && past["flips_to_lose_first"] == .null)
        let other = try await program.run("leaderboard", "--model", "m2", "--json").json(JSONValue.self)
        #expect(other["items"]?[0]?["rank"] == .null)
    }

    @Test(
        "what it cannot read is wrong usage, by name",
        arguments: [
            (["--from", "yesterday"], "--from"), (["--to", "2026-13-01"], "--to"),
            (["--from", "2026-02-01", "--to", "2026-01-01"], "--from"), (["--csv", "--json"], "--csv"),
        ])
    func usage(_ arguments: [String], _ name: String) async throws {
        let outcome = try await HoneProgram(environment: [:]).run(["leaderboard"] + arguments)
        #expect(outcome.status == 2 && outcome.complaints.contains(name), "\(outcome)")
    }

    @Test("an agent's profile is told by category, model, complexity, node and day, with what its prompt changed")
    func profile() async throws {
        let program = try await record()
        let outcome = try await program.run("agents", "show", "ada")
        #expect(outcome.status == 0, "\(outcome)")
        for text in ["rank 1 (band 1–2)", "analysis", "m1", "COMPLEXITY", "NODE", "model", "NEW PROMPT", "+0.250"] {
            #expect(outcome.output.contains(text), "\(text) in \(outcome.output)")
        }
        let json = try await program.run("agents", "show", "bob", "--json").json(JSONValue.self)
        #expect(json["by_complexity"]?["3"]?["count"] == 8 && json["by_node"]?[0]?["count"] == 8)
        #expect(json["total"]?["unknown"] == 1 && json["total"]?["avg_score"] == 0.25)
        #expect(json["standing"]?["rank"] == 2 && json["prompt_changes"]?.array?.count == 1)
        let past = try await program.run("agents", "show", "ada", "--to", "2020-01-01", "--json").json(JSONValue.self)
        #expect(past["total"]?["count"] == 0 && past["series"] == [])
        let nobody = try await program.run("agents", "show", "nobody")
        #expect(nobody.status == 1 && nobody.complaints == "hone: no agent nobody\n")
        #expect(try await program.run("agents", "--json").json(JSONValue.self)["items"]?.array?.isEmpty == false)
    }
}

extension Name {
    /// A name known to be valid.
    fileprivate static func named(_ text: String) -> Name {
        guard let name = Name(text) else { preconditionFailure("\(text) is no name") }
        return name
    }
}
