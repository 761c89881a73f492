import Foundation
import HoneCore
import HoneStore
import Postgres
import Testing

@testable import Hone

@Suite("hone approve, reject, deploy, rollback and candidates", .timeLimit(.minutes(5)))
struct PromotionCommandTests {
    /// Ada with a prompt in production and some drafts. There is no bus: the record alone counts.
    private func site() async throws -> (program: HoneProgram, url: String, production: PromptID, drafts: [PromptID]) {
        let url = try await TestRecord.url()
        let store = try Store(url: url)
        let ada = try #require(AgentID("ada"))
        _ = try await store.agents.apply(Agent(id: ada))
        var ids: [PromptID] = []
        for words in ["One.", "Two.", "Three."] {
            let prompt = NewPrompt(agentID: ada, template: PromptTemplate(system: words), actor: "test")
            _ = try await store.prompts.add(prompt)
            ids.append(prompt.id)
        }
        let first = ids[0]
        try await store.transaction { try await $0.prompts.promote(first, by: "test", because: "first") }
        await store.close()
        let environment = ["DATABASE_URL": url, "REDIS_URL": "redis://127.0.0.1:1"]
        return (HoneProgram(environment: environment), url, first, Array(ids.dropFirst()))
    }

    @Test("a prompt is tried on a share, approved and rolled back; running services that cannot be told are no fault")
    func lifetime() async throws {
        let site = try await site()
        let id = "\(site.drafts[0])"
        let tried = try await site.program.run("approve", id, "--share", "0.1", "--reason", "try it")
        #expect(tried.status == 0 && tried.output.contains("a canary with 10.0 % of the tasks"), "\(tried)")
        #expect(tried.output.contains("no gate has proved it") && tried.complaints.contains("were not told"))
        let waiting = try await site.program.run("candidates", "--diff")
        #expect(waiting.output.contains("canary 10.0 %") && waiting.output.contains("+One.") == false)
        #expect(waiting.output.contains("+Two.") && waiting.output.contains("unproved"))
        let page = try await site.program.run("candidates", "--agent", "ada", "--json").json(JSONValue.self)
        #expect(page["items"]?[0]?["prompt"]?["id"] == .string(id) && page["next_cursor"] == .null)

        let whole = try await site.program.run("approve", id, "--share", "1", "--json").json(JSONValue.self)
        #expect(whole["state"] == "production" && whole["deployment"]?["status"] == "watching")
        #expect(whole["transitions"]?.array?.last?["actor"]?.string?.hasPrefix("cli:") == true)
        let compared = try await site.program.run("optimize", "compare", "ada")
        #expect(compared.status == 0 && compared.output.contains("watching, unproved, 100.0 % of the tasks"))
        let body = try await site.program.run("optimize", "compare", "ada", "--json").json(JSONValue.self)
        #expect(body["prompt_id"] == .string(id) && body["comparison"] == .null)

        let back = try await site.program.run("rollback", "ada", "--reason", "no", "--json").json(JSONValue.self)
        #expect(back["id"] == .string("\(site.production)") && back["deployment"]?["status"] == "rolled_back")
        let more = try await site.program.run("rollback", "ada")
        #expect(more.status == 1 && more.complaints.contains("No earlier prompt of ada"))
        let rejected = try await site.program.run("reject", "\(site.drafts[1])", "--json").json(JSONValue.self)
        #expect(rejected["state"] == "archived" && rejected["proof"] == .null)
    }

    @Test("the setting's share holds where none is given, and what an optimization found is deployed")
    func deploy() async throws {
        let site = try await site()
        let none = try await site.program.run("deploy", "ada")
        #expect(none.status == 1 && none.complaints.contains("no optimization of ada is completed"))
        let best = site.drafts[1]
        let store = try Store(url: site.url)
        let ada = try #require(AgentID("ada"))
        _ = try await store.benchmarks.apply(Benchmark(id: "s", category: .general, cases: []))
        try await store.optimizations.queue(
            NewOptimization(
                id: OptimizationID(UUID()), agentID: ada, benchmarkID: "s", algorithm: "gepa", auto: "light",
                params: [:], budget: [:], seed: 1, requestedBy: "test"))
        await store.close()
        try await TestRecord.run(
            site.url, "update optimizations set status = 'completed', best_prompt_id = \(best)::uuid")
        var program = site.program
        program.environment["HONE_CANARY_SHARE"] = "0.25"
        let deployed = try await program.run("deploy", "ada", "--json").json(JSONValue.self)
        #expect(deployed["state"] == "candidate" && deployed["deployment"]?["share"] == 0.25, "\(deployed)")
        #expect(deployed["deployment"]?["reason"]?.string?.hasPrefix("the best of optimization") == true)
    }

    @Test(
        "wrong usage exits with 2, what is not there with 1",
        arguments: [
            (["approve"], 2), (["approve", "x"], 2), (["approve", "\(PromptID(UUID()))", "--share", "0"], 2),
            (["approve", "\(PromptID(UUID()))", "--force"], 2), (["approve", "\(PromptID(UUID()))"], 1),
            (["reject", "\(PromptID(UUID()))"], 1), (["rollback", "nobody"], 1), (["deploy", "nobody"], 1),
            (["optimize", "compare", "nobody"], 1), (["candidates", "--limit", "0"], 2),
        ] as [([String], Int32)])
    func usage(_ arguments: [String], _ status: Int32) async throws {
        let program = HoneProgram(
            environment: ["DATABASE_URL": try await TestRecord.url(), "REDIS_URL": "redis://127.0.0.1:1"])
        let outcome = try await program.run(arguments)
        #expect(outcome.status == status && !outcome.complaints.isEmpty, "\(outcome)")
    }
}
