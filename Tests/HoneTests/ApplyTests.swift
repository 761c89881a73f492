import HoneAPI
import HoneCore
import HoneMessages
import HoneStore
import Testing

@testable import Hone

@Suite("Applying resources", .timeLimit(.minutes(3)))
struct ApplyTests {
    private static let samples = Scratch.repository + "/infra/samples"

    @discardableResult
    private func apply(_ path: String, to store: Store) async throws -> [String] {
        try await ResourceApplier(store: store).apply(ResourceReader.read([path]))
            .map { "\($0.declared.title) \($0.applied.change.rawValue)" }
    }

    private func apply(text: String, to store: Store) async throws -> [String] {
        let scratch = try Scratch()
        return try await apply(scratch.file("f.yaml", text), to: store)
    }

    @Test("the samples are created once, and applying them again changes nothing")
    func idempotent() async throws {
        try await TestRecord.run { store in
            let first = try await apply(Self.samples, to: store)
            #expect(first.contains("Agent remus created") && first.contains("Benchmark topic created"))
            #expect(first.allSatisfy { $0.hasSuffix(" created") })
            let second = try await apply(Self.samples, to: store)
            #expect(second.count == first.count && second.allSatisfy { $0.hasSuffix(" unchanged") })
        }
    }

    @Test(
        "what get prints can be applied again, of every kind", arguments: ["model", "agent", "template", "benchmark"])
    func roundTrip(kind: String) async throws {
        try await TestRecord.run { store in
            try await apply(Self.samples, to: store)
            let type = try #require(ResourceKind.forgiving(kind))
            let before = try await type.stored(in: store).map { try $0.document }
            let yaml = try Get.yaml(try await type.stored(in: store))
            let changes = try await apply(text: yaml, to: store)
            #expect(changes.count == before.count && changes.allSatisfy { $0.hasSuffix(" unchanged") }, "\(changes)")
            #expect(try await type.stored(in: store).map { try $0.document } == before)
        }
    }

    @Test("a prompt's label words, form of the answer and parameters are declared with it, and read back")
    func genome() async throws {
        try await TestRecord.run { (store) async throws in
            let agent = """
                kind: Agent
                id: a
                prompt:
                  system: "Say {{ labels.or }}."
                  labels: {positive: good, negative: bad}
                  answer: {choices: [positive, negative]}
                  parameters: {temperature: 0.5, max_tokens: 4}

                """
            #expect(try await apply(text: agent, to: store) == ["Agent a created"])
            let template = try await store.prompts.production(of: try #require(AgentID("a")))?.prompt.template
            #expect(template?.labels == ["positive": "good", "negative": "bad"])
            #expect(template?.answer == .choices(["positive", "negative"]))
            #expect(template?.parameters == ModelParameters(temperature: 0.5, maxTokens: 4))
            let yaml = try Get.yaml(try await AgentResource.stored(in: store).filter { $0.name == "a" })
            #expect(try await apply(text: yaml, to: store) == ["Agent a unchanged"], "\(yaml)")
            let faults = await #expect(throws: ResourceFaults.self) {
                try await apply(text: agent.replacing("negative: bad", with: "negative: Good"), to: store)
            }
            #expect(
                faults?.list.first?.description.contains("f.yaml:5: prompt.labels") == true, "\(faults?.list ?? [])")
        }
    }

    @Test("an agent's budget is set by its document, and stays where a document says nothing of it")
    func budget() async throws {
        try await TestRecord.run { (store) async throws in
            let agent = "kind: Agent\nid: a\n"
            #expect(try await apply(text: agent + "budget: {daily_usd: 2.5}", to: store) == ["Agent a created"])
            #expect(try await apply(text: agent, to: store) == ["Agent a unchanged"])
            #expect(try await store.budgets.dailyCaps().map(\.limit) == [MicroUSD(2_500_000)])
            #expect(try await apply(text: agent + "budget: {daily_usd: 0}", to: store) == ["Agent a updated"])
            #expect(try await store.budgets.dailyCaps().map(\.limit) == [.zero])
            for bad in ["-1", "{}", "{daily_usd: -1}", "{weekly_usd: 1}"] {
                await #expect(throws: ResourceFaults.self, "\(bad)") {
                    try await apply(text: agent + "budget: \(bad)", to: store)
                }
            }
        }
    }

    @Test("one document that does not fit the record keeps all others out")
    func allOrNothing() async throws {
        try await TestRecord.run { (store) async throws in
            let error = await #expect(throws: ResourceFaults.self) {
                try await apply(
                    text: "kind: Model\nid: m\nprovider: echo\n---\nkind: Agent\nid: a\nmodel: other\n", to: store)
            }
            #expect(error?.list.first?.line == 7 && error?.list.first?.fault.path == "model")
            #expect(try await store.models.all().isEmpty)
            #expect(try await store.agents.load(#require(AgentID("a"))) == nil)
        }
    }

    @Test("models are applied before the agents that name them, wherever they stand")
    func order() async throws {
        try await TestRecord.run { store in
            let changes = try await apply(
                text: "kind: Agent\nid: a\nmodel: m\n---\nkind: Model\nid: m\nprovider: echo\n", to: store)
            #expect(changes == ["Agent a created", "Model m created"])
        }
    }

    @Test("an agent's first prompt goes into production and is announced; a later file does not replace it")
    func prompts() async throws {
        try await TestRecord.run { store in
            let scratch = try Scratch()
            let agent = "kind: Agent\nid: a\nprompt: {user: \"one {{ input }}\"}\n"
            let first = try await ResourceApplier(store: store)
                .apply(ResourceReader.read([scratch.file("1.yaml", agent)]))
            #expect(first[0].applied.prompts.map(\.to) == [.production])
            let second = try await ResourceApplier(store: store)
                .apply(ResourceReader.read([scratch.file("2.yaml", agent.replacing("one", with: "two"))]))
            #expect(second[0].applied.prompts.isEmpty && second[0].applied.change == .unchanged)
            #expect(second[0].applied.note?.contains("stays") == true)
            let present = try await store.prompts.production(of: #require(AgentID("a")))
            #expect(present?.prompt.template.user == "one {{ input }}")
        }
    }

    @Test("a file that is silent on lifecycle leaves a retired agent retired")
    func lifecycle() async throws {
        try await TestRecord.run { store in
            let id = try #require(AgentID("a"))
            _ = try await apply(text: "kind: Agent\nid: a\n", to: store)
            #expect(try await store.agents.move(id, to: .retired))
            #expect(try await apply(text: "kind: Agent\nid: a\ncapacity: 9\n", to: store) == ["Agent a updated"])
            let agent = try #require(try await store.agents.load(id)).agent
            #expect(agent.lifecycle == .retired && agent.capacity == 9)
        }
    }
}
