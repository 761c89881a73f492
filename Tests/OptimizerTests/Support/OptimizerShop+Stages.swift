import HoneCore
import HoneStore
import HoneTestKit
import Postgres
import TestServers
import Testing

@testable import Optimizer

extension OptimizerShop {
    /// Tasks that nobody has finished.
    func open() async throws -> Int {
        try await workshop.database.pool.first(
            "select count(*) from agent_tasks where finished_at is null", as: Int.self) ?? -1
    }

    /// What a run has spent once nothing of it is under way.
    func settled(_ id: OptimizationID) async throws -> MicroUSD {
        try await eventually(within: .seconds(60), "nothing is under way") {
            let budget = try await store.budgets.load([.optimization(id)]).first
            return try await open() == 0 && (budget?.reserved ?? .zero) == .zero
        }
        return try await store.budgets.load([.optimization(id)]).first?.spent ?? .zero
    }

    /// Lets an optimizer work until it has found something better, and takes it away.
    func findBetter(_ id: OptimizationID) async throws {
        try await workshop.running([Optimizer.self]) {
            try await eventually(within: .seconds(60), "something better is found") {
                let record = try await store.optimizations.load(id)
                let best = record?.progress?["best_prompt_id"]?.string
                return best != nil && best != record?.baselinePromptID?.description
            }
        }
    }
}
