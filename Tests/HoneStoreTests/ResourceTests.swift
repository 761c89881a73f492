import Foundation
import HoneCore
import HoneStore
import Postgres
import Testing

@Suite("Declared resources", .timeLimit(.minutes(2)))
struct ResourceTests {
    @Test("an agent applied twice is created, then unchanged, then updated by a difference")
    func agents() async throws {
        try await TestStore.run { (store, _) async throws in
            var agent = Agent(
                id: .named("remus"), nickname: "REMUS", roles: [.worker, .reviewer], specialization: [analysis],
                model: .named("m1"), parameters: ModelParameters(temperature: 0, maxTokens: 8), tools: ["search"])
            #expect(try await store.agents.apply(agent) == .created)
            #expect(try await store.agents.apply(agent) == .unchanged)
            agent.capacity = 9
            #expect(try await store.agents.apply(agent) == .updated)
            #expect(try await store.agents.load(agent.id)?.agent == agent)
            #expect(try await store.agents.move(agent.id, to: .retired))
            #expect(try await store.agents.load(agent.id)?.agent.lifecycle == .retired)
        }
    }

    @Test("a price change is a new row, and old rows stay")
    func models() async throws {
        try await TestStore.run { (store, pool) async throws in
            var model = ApprovedModel(
                id: .named("smol"), provider: .openai, baseURL: "http://127.0.0.1:1/v1", model: "smol",
                apiKeyEnvironment: "KEY", price: ModelPrice(inputPer1K: 0.00015, outputPer1K: 0.0006),
                fallback: [.named("echo")])
            #expect(try await store.models.apply(model) == .created)
            #expect(try await store.models.apply(model) == .unchanged)
            model.price = nil
            #expect(try await store.models.apply(model) == .updated)
            #expect(try await store.models.all() == [model])
            #expect(try await pool.first("select count(*) from approved_models_provider", as: Int.self) == 2)
        }
    }

    @Test("templates and benchmarks apply idempotently; a case that left the file leaves the suite")
    func templatesAndBenchmarks() async throws {
        try await TestStore.run { store, _ in
            let template = ObjectiveTemplate(
                category: analysis, description: "…", evaluationCriteria: ["accuracy": "is right"],
                recommendedAgents: [ada], weights: .standard)
            #expect(try await store.templates.apply(template) == .created)
            #expect(try await store.templates.apply(template) == .unchanged)
            #expect(try await store.templates.all() == [template])

            let cases = (0..<200).map {
                BenchmarkCase(id: "c\($0)", input: .string("text \($0)"), expected: .choice("yes"), control: $0 == 0)
            }
            var suite = Benchmark(id: "reviews", category: analysis, cases: cases)
            #expect(try await store.benchmarks.apply(suite) == .created)
            #expect(try await store.benchmarks.apply(suite) == .unchanged)
            suite.cases.removeLast()
            #expect(try await store.benchmarks.apply(suite) == .updated)
            #expect(try await store.benchmarks.all().map(\.cases) == [199])
            let holdout = try await store.benchmarks.cases(of: "reviews", in: .holdout)
            #expect((70...130).contains(holdout.count))
            #expect(try await store.benchmarks.cases(of: "reviews").count == 199)
        }
    }

    @Test("nothing of a call is applied when one resource fails")
    func allOrNothing() async throws {
        try await TestStore.run { (store, _) async throws in
            await #expect(throws: DatabaseError.self) {
                try await store.transaction { store in
                    _ = try await store.agents.apply(Agent(id: .named("remus")))
                    _ = try await store.agents.apply(Agent(id: .named("romulus"), capacity: 0))
                }
            }
            #expect(try await store.agents.load(.named("remus")) == nil)
        }
    }

    @Test("an agent gets its first prompt once; promoting another archives it")
    func prompts() async throws {
        try await TestStore.run { store, _ in
            let first = NewPrompt(agentID: ada, template: PromptTemplate(system: "one"), actor: "test")
            let second = NewPrompt(
                agentID: ada, template: PromptTemplate(system: "two"), parents: [first.id], actor: "test")
            #expect(try await store.prompts.ensureProduction(first) == .created)
            #expect(try await store.prompts.ensureProduction(second) == .unchanged)
            #expect(try await store.agents.load(ada)?.promptID == first.id)

            #expect(try await store.prompts.add(second) == .created)
            #expect(try await store.prompts.add(second) == .unchanged)
            #expect(try await store.prompts.load(second.id)?.lifecycle == .draft)
            try await store.transaction { try await $0.prompts.promote(second.id, by: "test", because: "better") }
            #expect(try await store.prompts.production(of: ada)?.prompt.template.system == "two")
            #expect(try await store.prompts.load(first.id)?.lifecycle == .archived)
            #expect(try await store.prompts.all(of: ada).map(\.prompt.version) == ["1.0.0", "1.1.0"])
        }
    }

    @Test("a prompt's id follows from its agent and its words, today as when it was first stored")
    func identity() {
        let demonstration = Demonstration(user: "fine/“ok”", assistant: "good")
        var template = PromptTemplate(system: "Answer in one word.", demonstrations: [demonstration])
        let plain = NewPrompt(agentID: ada, template: template, actor: "test").id
        #expect(plain.description == "8709abcd-6ad4-5b85-969b-951779bbab30")
        template.parameters = ModelParameters(temperature: 0)
        #expect(NewPrompt(agentID: ada, template: template, actor: "test").id != plain)
    }

    @Test("two who promote different prompts at once leave one in production")
    func promotionRace() async throws {
        try await TestStore.run { store, _ in
            let prompts = (0..<4).map {
                NewPrompt(
                    agentID: ada, template: PromptTemplate(system: "prompt \($0)"), version: "2.\($0).0", actor: "test")
            }
            for prompt in prompts { _ = try await store.prompts.add(prompt) }
            let promoted = await withTaskGroup(of: Bool.self) { group in
                for prompt in prompts {
                    group.addTask {
                        let outcome = try? await store.transaction {
                            try await $0.prompts.promote(prompt.id, by: "test", because: "race")
                            return true
                        }
                        return outcome ?? false
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(promoted >= 1)
            let all = try await store.prompts.all(of: ada)
            #expect(all.filter { $0.lifecycle == .production }.count == 1)
        }
    }

    @Test("log lines are kept once and read back in order")
    func logs() async throws {
        try await TestStore.run { (store, _) async throws in
            let lines = (0..<5).map {
                LogLine(
                    recordID: UUID(), time: Date(timeIntervalSince1970: Double($0)), level: $0 == 4 ? "error" : "info",
                    source: "router", message: "line \($0)", details: ["k": "v\0"])
            }
            #expect(try await store.logs.insert(lines) == 5)
            #expect(try await store.logs.insert(lines) == 0)
            #expect(try await store.logs.tail(limit: 2).map(\.message) == ["line 3", "line 4"])
            #expect(try await store.logs.tail(limit: 9, levels: ["error"]).map(\.message) == ["line 4"])
            #expect(try await store.logs.tail(limit: 9, source: "executor").isEmpty)
            #expect(try await store.logs.prune(before: Date(timeIntervalSince1970: 2)) == 2)
        }
    }

    @Test("tasks are listed a page at a time, newest first, and told in detail")
    func lists() async throws {
        try await TestStore.run { store, _ in
            var ids: [TaskID] = []
            for _ in 0..<5 { ids.append(try await store.completedTask()) }
            _ = try await store.scores.insert(ids.map { .sample($0) })
            let first = try await store.tasks.list(limit: 3)
            let rest = try await store.tasks.list(after: first.last.map { ($0.createdAt, $0.id) }, limit: 3)
            #expect((first + rest).map(\.id) == ids.reversed())
            #expect(try await store.tasks.list(TaskFilter(status: .failed), limit: 3).isEmpty)
            #expect(try await store.tasks.list(TaskFilter(category: analysis, agentID: ada), limit: 9).count == 5)

            let detail = try #require(try await store.detail(of: ids[0]))
            #expect(detail.executions.count == 1 && detail.decisions.count == 1 && detail.score != nil)
            let result = try #require(try await store.tasks.results([ids[0]])[ids[0]])
            #expect(result.output == "yes" && result.scores?.overall == 0.9 && result.status == .completed)
            #expect(result.cost == MicroUSD(42) && result.metadata == ["ticket": 12])
        }
    }
}
