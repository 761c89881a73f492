import Foundation
import HoneCore
import HoneService
import HoneStore
import Testing

@testable import Hone

@Suite("hone optimize and experiments", .timeLimit(.minutes(3)))
struct OptimizeCommandTests {
    /// A record with an agent that has a prompt, and a benchmark.
    private static func furnished() async throws -> String {
        let url = try await TestRecord.url()
        let store = try Store(url: url)
        let cases = BenchmarkSplit.allCases.map {
            BenchmarkCase(id: $0.rawValue, input: .string($0.rawValue), expected: .choice("x"), split: $0)
        }
        let agent = try #require(AgentID("eve"))
        let category = try #require(Category("analysis"))
        try await store.transaction { store in
            _ = try await store.agents.apply(Agent(id: agent))
            _ = try await store.prompts.ensureProduction(
                NewPrompt(agentID: agent, template: PromptTemplate(system: "Answer."), actor: "test"))
            _ = try await store.benchmarks.apply(Benchmark(id: "moods", category: category, cases: cases))
        }
        await store.close()
        return url
    }

    @Test("a search is started, shown, listed and cancelled, each as its route answers")
    func lifetime() async throws {
        let url = try await Self.furnished()
        // What is on record counts: the optimizer finds it there, though nobody heard of it.
        let program = HoneProgram(environment: ["DATABASE_URL": url, "REDIS_URL": "redis://127.0.0.1:1"])
        let start = try await program.run(
            "optimize", "start", "eve", "--benchmark", "moods", "--algorithm", "nsga2", "--auto", "light", "--max-cost",
            "1.5", "--max-rollouts", "50", "--max-minutes", "3", "--seed", "42")
        #expect(start.status == 0 && start.complaints.contains("finds it on record"), "\(start)")
        let shown = try await program.run("optimize", "status", "eve", "--json").json(JSONValue.self)
        #expect(shown["status"] == "queued" && shown["algorithm"] == "nsga2" && shown["seed"] == 42)
        #expect(shown["budget"] == ["max_cost_usd": 1.5, "max_rollouts": 50, "max_minutes": 3])
        #expect(shown["progress"] == .null && shown["end_reason"] == .null)
        let again = try await program.run("optimize", "start", "eve", "--benchmark", "moods")
        #expect(again.status == 1 && again.complaints.contains("under way"))
        let cancelled = try await program.run("optimize", "cancel", "eve", "--reason", "enough", "--json")
        #expect(cancelled.status == 0, "\(cancelled)")
        #expect(try cancelled.json(JSONValue.self)["status"] == "cancelled")
        let list = try await program.run("optimize", "list", "eve", "--json").json(JSONValue.self)
        #expect(list["items"]?.array?.map { $0["status"] } == ["cancelled"])
        #expect(try await program.run("optimize", "list", "eve").output.contains("enough"))
        #expect(try await program.run("optimize", "cancel", "eve").status == 1)
        let watched = try await program.run("optimize", "watch", "eve")
        #expect(watched.status == 1 && watched.complaints.contains("cancelled"), "\(watched)")
    }

    @Test("experiments are listed and shown, and a wrong id is said to be one")
    func experiments() async throws {
        let program = HoneProgram(environment: ["DATABASE_URL": try await Self.furnished()])
        let list = try await program.run("experiments", "--json")
        #expect(list.output == "{\"items\":[],\"next_cursor\":null}\n", "\(list)")
        #expect(try await program.run("experiments").output.contains("no experiments"))
        #expect(try await program.run("experiments", "show", UUID().uuidString).status == 1)
    }

    @Test("wrong usage exits with 2, what is not there with 1")
    func usage() async throws {
        let program = HoneProgram(environment: ["DATABASE_URL": try await Self.furnished()])
        for arguments in [
            ["optimize", "start", "eve"], ["optimize", "start", "eve", "--benchmark", "moods", "--algorithm", "luck"],
            ["optimize", "start", "eve", "--benchmark", "moods", "--max-rollouts", "0"],
            ["optimize", "start", "eve", "--benchmark", "moods", "--max-cost", "-1"],
            ["optimize", "list", "eve", "--status", "odd"], ["experiments", "--kind", "odd"],
        ] {
            #expect(try await program.run(arguments).status == 2, "\(arguments)")
        }
        for arguments in [
            ["optimize", "start", "nobody", "--benchmark", "moods"],
            ["optimize", "start", "eve", "--benchmark", "nowhere"], ["optimize", "status", "eve"],
        ] {
            #expect(try await program.run(arguments).status == 1, "\(arguments)")
        }
    }
}
