import Foundation
import HoneCore
import HoneStore
import Postgres
import Testing

@Suite("Whose budgets there are", .timeLimit(.minutes(2)))
struct BudgetAccountTests {
    @Test("a day's budget begins with what the day has cost before anybody kept it")
    func opening() async throws {
        try await TestStore.run { store, pool in
            _ = try await store.completedTask()
            _ = try await store.completedTask(by: bob)
            let day = Date().formatted(.iso8601.year().month().day())
            let caps = [
                SpendingCap.day(1_000, day), SpendingCap(.agent(ada, on: day), limit: MicroUSD(1_000)),
                .day(1_000, "2020-01-01"),
            ]
            _ = try await store.reserve(caps.map { reservation(1, $0) })
            // Executions cost 42 each. The day of long ago has no end here, and so counts them, too.
            #expect(try await store.balance(caps[0]).spent == MicroUSD(84))
            #expect(try await store.balance(caps[1]).spent == MicroUSD(42))
            #expect(try await store.budgets.spent(since: Date(timeIntervalSinceNow: -3_600)) == MicroUSD(84))
            #expect(try await pool.ledgerFaults() == [])
        }
    }

    @Test("no statement sets money aside beyond a cap, not even one of somebody else's")
    func constraint() async throws {
        try await TestStore.run { store, pool in
            _ = try await store.reserve([reservation(60, .day(100))])
            await #expect(throws: DatabaseError.violates(constraint: "budgets_cap", sqlState: "23514")) {
                try await pool.run("update budgets set reserved_micro_usd = 101")
            }
        }
    }

    @Test("daily caps are set, changed and taken away")
    func caps() async throws {
        try await TestStore.run { store, _ in
            try await store.budgets.setDailyCap(of: nil, to: MicroUSD(5))
            try await store.budgets.setDailyCap(of: ada, to: MicroUSD(3))
            try await store.budgets.setDailyCap(of: ada, to: MicroUSD(2))
            #expect(
                try await store.budgets.dailyCaps() == [
                    DailyCap(limit: MicroUSD(5)), DailyCap(agentID: ada, limit: MicroUSD(2)),
                ])
            try await store.budgets.setDailyCap(of: nil, to: nil)
            #expect(try await store.budgets.dailyCaps().map(\.agentID) == [ada])
        }
    }

    @Test("an experiment's calls are on its optimization's account")
    func optimizations() async throws {
        try await TestStore.run { store, pool in
            let (optimization, experiment) = (OptimizationID.new(), ExperimentID.new())
            _ = try await store.prompts.ensureProduction(
                NewPrompt(agentID: ada, template: PromptTemplate(), actor: "me"))
            let prompt = try #require(try await store.prompts.production(of: ada)).prompt.id
            try await pool.run("insert into benchmarks (id, category) values ('s', 'analysis')")
            try await store.optimizations.queue(
                NewOptimization(
                    id: optimization, agentID: ada, benchmarkID: "s", algorithm: "gepa", auto: "light",
                    params: [:], budget: ["max_cost_usd": 2.5], seed: 1, requestedBy: "me"))
            try await pool.run(
                """
                insert into experiments (id, optimization_id, prompt_id)
                values (\(experiment)::uuid, \(optimization)::uuid, \(prompt)::uuid)
                """)
            #expect(
                try await store.budgets.optimization(of: experiment)
                    == SpendingCap(.optimization(optimization), limit: MicroUSD(2_500_000)))
            #expect(try await store.budgets.optimization(of: .new()) == nil)
        }
    }
}
