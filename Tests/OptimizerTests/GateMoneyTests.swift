import Foundation
import HoneCore
import HoneStore
import HoneTestKit
import Postgres
import ScriptedModel
import TestServers
import Testing

@testable import Optimizer

@Suite("What is kept for the gate", .timeLimit(.minutes(5)))
struct GateMoneyTests {
    private static let fine = #"{"reason": "the same work", "verdict": "fine"}"#

    /// Approves the model that looks over proposals, at this price.
    private static func approve(_ guardian: ScriptedModel, at price: Double, in shop: OptimizerShop) async throws {
        _ = try await shop.store.models.apply(
            ApprovedModel(
                id: .named("guardian"), provider: .openai, baseURL: guardian.baseURL, model: "guardian",
                price: ModelPrice(inputPer1K: price, outputPer1K: price), concurrency: 16))
    }

    /// While no optimizer works on the run.
    private static func budget(_ budget: String, startedAgo seconds: Int = 0, in shop: OptimizerShop) async throws {
        try await shop.workshop.database.pool.run(
            """
            update optimizations set budget = \(budget)::json, started_at = now() - make_interval(secs => \(seconds)::int)
            where status = 'running'
            """)
    }

    @Test("what the search cannot pay ends it, and what it has found is validated and meets its gate within the cap")
    func tooDear() async throws {
        let settings = ["HONE_SANITY_MODEL": "guardian"]
        try await OptimizerShop.open(settings: settings, slowness: 10) { shop in
            let guardian = try await ScriptedModel.start(.always(ScriptedReply(text: Self.fine)))
            try await Self.approve(guardian, at: 0, in: shop)
            // Its every generation wants new prompts, however good the last one is.
            let id = try await shop.ask(budget: ["max_cost_usd": 50], more: ["algorithm": "nsga2"])
            try await shop.workshop.running(OptimizerShop.others) {
                try await shop.findBetter(id)
                let checks = guardian.requests.count
                try await Self.approve(guardian, at: 1_000, in: shop)
                try await shop.workshop.running([Optimizer.self]) {
                    let record = try await shop.over(id)
                    #expect(record.status == "completed" && record.spent <= MicroUSD(dollars: 50), "\(record)")
                    #expect(record.endReason?.contains("the budget of optimization \(id)") == true, "\(record)")
                    #expect(record.improvement?["verdict"] == "promote" && record.bestPromptID != nil, "\(record)")
                    try await Self.expectValidated(record, in: shop)
                }
                #expect(guardian.requests.count == checks)
            }
            let budget = try #require(try await shop.store.budgets.load([.optimization(id)]).first)
            #expect(budget.refused > 0 && budget.spent + budget.reserved <= budget.cap)
            await guardian.stop()
        }
    }

    private static func expectValidated(_ record: OptimizationRecord, in shop: OptimizerShop) async throws {
        let experiments = try await shop.store.experiments.list(
            ExperimentFilter(optimizationID: record.id), after: nil, limit: 1_000)
        let validated = experiments.filter { $0.kind == "validation" && $0.done == 12 }.map(\.promptID)
        #expect(validated.contains { $0 == record.bestPromptID }, "\(record)")
    }

    @Test("a gate that cannot be paid is not opened, and the run says what it would have taken")
    func noGate() async throws {
        try await OptimizerShop.open(slowness: 10) { shop in
            let id = try await shop.ask()
            try await shop.workshop.running(OptimizerShop.others) {
                try await shop.findBetter(id)
                let spent = try await shop.settled(id)
                // From now on every answer may be so long that nothing pays it.
                let agent = try #require(try await shop.store.agents.load(.named("eve"))).agent
                var endless = agent
                endless.parameters.maxTokens = 1_000_000
                try await shop.store.transaction { [endless] in _ = try await $0.agents.apply(endless) }
                try await Self.budget(#"{"max_cost_usd": 20}"#, in: shop)
                try await shop.workshop.running([Optimizer.self]) {
                    let record = try await shop.over(id)
                    #expect(record.status == "completed" && record.bestPromptID == nil, "\(record)")
                    #expect(record.improvement?["verdict"] == "not_gated", "\(record)")
                    #expect(record.endReason?.contains("; no gate: ") == true, "\(record)")
                    #expect(
                        record.endReason?.contains("one of the gate's trials may cost $200.") == true, "\(record)")
                    #expect(record.spent >= spent && record.spent <= MicroUSD(dollars: 20))
                }
            }
            let gates = try await shop.workshop.database.pool.first(
                "select count(*) from experiments where kind = 'gate'", as: Int.self)
            #expect(gates == 0)
        }
    }

    @Test("time that comes to an end leaves enough to validate the best before the gate")
    func closing() async throws {
        try await OptimizerShop.open(slowness: 10) { shop in
            let id = try await shop.ask()
            try await shop.workshop.running(OptimizerShop.others) {
                try await shop.findBetter(id)
                // Of ten minutes seven are the search's, and of these the last is for validation.
                try await Self.budget(#"{"max_minutes": 10}"#, startedAgo: 345, in: shop)
                let before = try await shop.record(id).progress?["candidates"]?.int
                try await shop.workshop.running([Optimizer.self]) {
                    let record = try await shop.over(id)
                    #expect(record.endReason?.hasPrefix("the time is over: of its 10 minutes") == true, "\(record)")
                    #expect(record.status == "completed" && record.improvement?["verdict"] == "promote", "\(record)")
                    #expect(record.progress?["candidates"]?.int == before)
                    try await Self.expectValidated(record, in: shop)
                }
            }
        }
    }
}
