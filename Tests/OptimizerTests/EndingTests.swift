import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneService
import HoneStore
import HoneTestKit
import Postgres
import ScriptedModel
import TestServers
import Testing

@testable import Optimizer

@Suite("How searches end", .timeLimit(.minutes(5)))
struct EndingTests {
    private static let eve = AgentID.named("eve")

    @Test("a cancelled search stops at once, with every task of it")
    func cancelled() async throws {
        try await OptimizerShop.open(slowness: 40) { shop in
            let id = try await shop.ask()
            try await shop.workshop.running(OptimizerShop.others + [Optimizer.self]) {
                try await shop.used(10, of: id)
                let record = try #require(
                    try await OptimizationIntake(shop.store).cancel(nil, of: Self.eve, by: "tess", because: "enough"))
                #expect(record.id == id && record.status == "cancelled" && record.errorCode == "cancelled")
                #expect(record.endReason == "cancelled by tess: enough")
                try await eventually("nothing of it is open") { try await shop.open() == 0 }
                let paid = shop.model.requests.count
                try await shop.workshop.quiet(.tasksSubmitted, "router")
                #expect(shop.model.requests.count - paid <= 8)
                #expect(try await shop.record(id).status == "cancelled")
            }
            let again = try await OptimizationIntake(shop.store).cancel(nil, of: Self.eve, by: "tess", because: nil)
            #expect(again == nil)
        }
    }

    @Test("a search's own budget is never passed, and ends it with what it found until then")
    func budget() async throws {
        try await OptimizerShop.open { shop in
            let id = try await shop.ask(budget: ["max_cost_usd": 0.02])
            try await shop.workshop.running(OptimizerShop.others + [Optimizer.self]) {
                let record = try await shop.over(id)
                #expect(record.status == "completed" && record.errorCode == nil && record.bestPromptID == nil)
                #expect(record.endReason?.contains("the budget of optimization \(id) is $0.020000") == true)
                #expect(record.spent > .zero && record.spent <= MicroUSD(dollars: 0.02), "\(record)")
                #expect(record.improvement?["verdict"] == "no_improvement")
            }
            let budget = try #require(try await shop.store.budgets.load([.optimization(id)]).first)
            #expect(budget.cap == MicroUSD(dollars: 0.02) && budget.spent + budget.reserved <= budget.cap)
            #expect(budget.refused > 0)
        }
    }

    @Test("a search that has found something leaves money for the gate, and the cap holds for both")
    func saving() async throws {
        try await OptimizerShop.open(slowness: 10) { shop in
            let id = try await shop.ask(budget: ["max_cost_usd": 10], more: ["algorithm": "nsga2"])
            try await shop.workshop.running(OptimizerShop.others) {
                try await shop.findBetter(id)
                // Seven tenths and a little more of it are spent, when what was under way is paid, too.
                let spent = try await shop.settled(id)
                let cap = MicroUSD(Int64(Double(spent.rawValue) / 0.72))
                try await shop.workshop.database.pool.run(
                    """
                    update optimizations
                    set budget = json_build_object('max_cost_usd', \(cap.dollars)::float8) where status = 'running'
                    """)
                try await shop.workshop.running([Optimizer.self]) {
                    let record = try await shop.over(id)
                    #expect(record.status == "completed" && record.spent <= cap, "\(record)")
                    #expect(
                        record.endReason?.contains("of \(cap) are used; the rest is for the gate") == true, "\(record)")
                    #expect(record.improvement?["measured_on"] == "holdout", "\(record)")
                }
            }
            let budget = try #require(try await shop.store.budgets.load([.optimization(id)]).first)
            #expect(budget.spent + budget.reserved <= budget.cap)
        }
    }

    @Test("a budget too small for one trial is refused by name and figure, and nothing is spent")
    func tooSmall() async throws {
        try await OptimizerShop.open { shop in
            let id = try await shop.ask(budget: ["max_cost_usd": 0.001])
            try await shop.workshop.running(OptimizerShop.others + [Optimizer.self]) {
                let record = try await shop.over(id)
                #expect(record.status == "failed" && record.errorCode == "cost_cap_exceeded", "\(record)")
                #expect(record.errorMessage?.contains("budget.max_cost_usd is $0.001000, too little") == true)
            }
            #expect(try await shop.trials() == 0 && shop.model.requests.isEmpty)
        }
    }

    @Test("the day's cap ends a search like its own")
    func day() async throws {
        try await OptimizerShop.open(settings: ["HONE_DAILY_BUDGET_USD": "0.02"]) { shop in
            let id = try await shop.ask()
            try await shop.workshop.running(OptimizerShop.others + [Optimizer.self]) {
                let record = try await shop.over(id)
                #expect(record.status == "completed" && record.spent <= MicroUSD(dollars: 0.02), "\(record)")
                #expect(record.endReason?.contains("(UTC) is $0.020000") == true)
            }
        }
    }

    @Test("time that is over ends a search")
    func time() async throws {
        try await OptimizerShop.open(slowness: 400) { shop in
            let id = try await shop.ask(budget: ["max_minutes": 0.03])
            try await shop.workshop.running(OptimizerShop.others + [Optimizer.self]) {
                let record = try await shop.over(id)
                #expect(record.status == "completed" && record.endReason?.contains("the time is over") == true)
                try await eventually("nothing of it is open") { try await shop.open() == 0 }
            }
        }
    }

    @Test("what was found when the time ends meets its gate, which has its share of the time whatever went before")
    func timeForGate() async throws {
        try await OptimizerShop.open(slowness: 10) { shop in
            let id = try await shop.ask()
            try await shop.workshop.running(OptimizerShop.others) {
                try await shop.findBetter(id)
                // As if nobody had worked on it for a while.
                try await shop.workshop.database.pool.run(
                    """
                    update optimizations
                    set budget = '{"max_minutes": 2}', started_at = now() - interval '5 minutes' where status = 'running'
                    """)
                try await shop.workshop.running([Optimizer.self]) {
                    let record = try await shop.over(id)
                    #expect(record.endReason?.hasPrefix("the time is over: of its 2 minutes") == true, "\(record)")
                    #expect(record.status == "completed" && record.bestPromptID != nil, "\(record)")
                    #expect(record.improvement?["verdict"] == "promote")
                }
            }
        }
    }

    @Test("an agent that is retired in mid-run ends its search")
    func retired() async throws {
        try await OptimizerShop.open(slowness: 20) { shop in
            let id = try await shop.ask()
            try await shop.workshop.running(OptimizerShop.others + [Optimizer.self]) {
                try await shop.used(5, of: id)
                #expect(try await shop.store.agents.move(Self.eve, to: .retired))
                let record = try await shop.over(id)
                #expect(record.status == "failed" && record.errorCode == "unknown_agent", "\(record)")
                #expect(record.errorMessage == "agent eve is retired")
                try await eventually("nothing of it is open") { try await shop.open() == 0 }
            }
        }
    }

    @Test("a benchmark without anything to learn from is an honest end")
    func noCases() async throws {
        try await OptimizerShop.open { shop in
            let item = BenchmarkCase(id: "1", input: "x", expected: .choice("y"), split: .holdout)
            try await shop.store.transaction {
                _ = try await $0.benchmarks.apply(Benchmark(id: "sealed", category: .analysis, cases: [item]))
            }
            let id = try await shop.ask(more: ["benchmark": "sealed"])
            try await shop.workshop.running([Optimizer.self]) {
                let record = try await shop.over(id)
                #expect(record.status == "failed" && record.errorCode == "invalid_message")
                #expect(record.errorMessage == "benchmark: the benchmark has no train cases")
            }
        }
    }

    @Test("when the machinery fails every trial, each is tried again, and the search gives up with the reason")
    func broken() async throws {
        try await OptimizerShop.open { shop in
            await shop.model.stop()
            let id = try await shop.ask()
            try await shop.workshop.running(OptimizerShop.others + [Optimizer.self]) {
                let record = try await shop.over(id)
                #expect(record.status == "failed" && record.errorCode == "model_unavailable", "\(record)")
            }
            let tries = try await shop.workshop.database.pool.query(
                "select tries from experiment_results where error_code is not null", as: Int.self)
            #expect(!tries.isEmpty && tries.allSatisfy { $0 == 2 })
        }
    }

    @Test("what cannot begin goes to the dead letters with a code and the field that is wrong")
    func garbage() async throws {
        try await OptimizerShop.open { shop in
            try await shop.workshop.running([Optimizer.self]) {
                let known = try await shop.ask(.named("uma"), budget: ["max_rollouts": 30])
                try await eventually("it is on record") { try await shop.store.optimizations.load(known) != nil }
                try await shop.ask(.named("nobody"))
                try await shop.ask(more: ["benchmark": "nowhere"])
                try await shop.ask(more: ["params": ["minibatch": "many"]])
                try await shop.ask(budget: ["max_rollouts": 0])
                try await shop.workshop.publish(
                    #"{"optimization_id":"\#(known)","agent_id":"eve","algorithm":"gepa","benchmark":"moods"}"#,
                    to: .optimizationsRequested)
                try await shop.workshop.publish("no JSON", to: .optimizationsRequested)
                let letters = try await shop.workshop.deadLetters(reaching: 6)
                let told = Set(letters.map { "\($0.code) \($0.reason.prefix { $0 != ":" })" })
                #expect(
                    told == [
                        "unknown_agent agent_id", "invalid_message benchmark", "invalid_message params.minibatch",
                        "invalid_message budget.max_rollouts", "invalid_message optimization_id",
                        "invalid_message the document",
                    ], "\(told)")
            }
        }
    }
}
