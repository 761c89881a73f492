import Foundation
import HoneCore
import HoneMessages
import HoneService
import HoneStore
import HoneTestKit
import Postgres
import ScriptedModel
import TestServers
import Testing

@testable import Evaluator
@testable import Executor
@testable import Optimizer
@testable import Router

/// A workshop with a benchmark, and agents whose model reads texts rightly only where its prompt shows it examples.
struct OptimizerShop: Sendable {
    let workshop: Workshop
    let model: ScriptedModel

    static let others: [any ServiceDefinition.Type] = [Router.self, Executor.self, Evaluator.self]
    var store: Store { workshop.store }

    static func open(
        on kind: WorkshopBusKind = .redis, settings: [String: String] = [:], slowness: Int? = nil,
        _ body: @Sendable (OptimizerShop) async throws -> Void
    ) async throws {
        let common = ["HONE_CONCURRENCY": "8", "HONE_REFLECTION_MODEL": "nobody"]
        let settings = common.merging(settings) { $1 }
        try await Workshop.open(on: kind, settings: settings) { workshop in
            let model = try await ScriptedModel.start { request in
                if let slowness { try? await Task.sleep(for: .milliseconds(slowness)) }
                return ScriptedReply(text: answer(to: request))
            }
            let shop = OptimizerShop(workshop: workshop, model: model)
            try await shop.furnish()
            try await body(shop)
            await model.stop()
        }
    }

    /// Right where the prompt shows both labels as somebody's answers; else everything is positive.
    private static func answer(to request: ScriptedRequest) -> String {
        let shown = Set(request.turns.filter { $0.role == "assistant" }.map(\.text))
        guard shown.count > 1 else { return "positive" }
        return request.lastUserText.contains("bad") ? "negative" : "positive"
    }

    private func furnish() async throws {
        _ = try await store.models.apply(
            ApprovedModel(
                id: .named("gamma-7b"), provider: .openai, baseURL: model.baseURL, model: "wire-gamma",
                price: ModelPrice(inputPer1K: 0.1, outputPer1K: 0.2), concurrency: 16))
        for name in ["eve", "uma"] { try await hire(.named(name)) }
        let cases = (0..<64).map { number in
            let (word, label) = number.isMultiple(of: 2) ? ("good", "positive") : ("bad", "negative")
            let split: BenchmarkSplit = number < 16 ? .train : number < 28 ? .validation : .holdout
            return BenchmarkCase(
                id: "case-\(number)", input: .string("a \(word) thing, number \(number)"), expected: .choice(label),
                split: split)
        }
        try await store.transaction {
            _ = try await $0.benchmarks.apply(Benchmark(id: "moods", category: .analysis, cases: cases))
        }
    }

    private func hire(_ id: AgentID) async throws {
        try await store.hire(
            Agent(
                id: id, specialization: [.analysis], model: .named("gamma-7b"),
                parameters: ModelParameters(temperature: 0, maxTokens: 8)))
    }

    /// Asks for a search as an outsider would.
    @discardableResult
    func ask(
        _ agent: AgentID = .named("eve"), _ id: OptimizationID = OptimizationID(UUID()), budget: JSONValue = [:],
        more: [String: JSONValue] = [:]
    ) async throws -> OptimizationID {
        let request: [String: JSONValue] = [
            "optimization_id": .string("\(id)"), "agent_id": .string("\(agent)"), "algorithm": "gepa",
            "auto": "light", "benchmark": "moods", "budget": budget, "seed": 7,
            // Examples cost tokens, and times of a scripted model are chance.
            "params": ["cost_tolerance": 99, "time_tolerance": 99],
        ]
        let data = JSONValue.object(request.merging(more) { $1 })
        try await workshop.publish(
            String(decoding: WireFormat.encode(data), as: UTF8.self), to: .optimizationsRequested, id: "\(id)")
        return id
    }

    func record(_ id: OptimizationID) async throws -> OptimizationRecord {
        try #require(try await store.optimizations.load(id))
    }

    @discardableResult
    func over(_ id: OptimizationID, within limit: Duration = .seconds(90)) async throws -> OptimizationRecord {
        try await eventually(within: limit, "optimization \(id) is over") {
            try await store.optimizations.load(id)?.completedAt != nil
        }
        return try await record(id)
    }

    /// Waits until so many trials were told.
    func used(_ rollouts: Int, of id: OptimizationID) async throws {
        try await eventually(within: .seconds(60), "\(rollouts) rollouts of \(id)") {
            let record = try await store.optimizations.load(id)
            return record?.progress?["rollouts_used"]?.int ?? 0 >= rollouts || record?.completedAt != nil
        }
    }

    /// Tasks that trials were given to.
    func trials() async throws -> Int {
        try await workshop.database.pool.first(
            "select count(*) from agent_tasks where experiment_id is not null", as: Int.self) ?? 0
    }

    func state(_ id: OptimizationID) async throws -> String {
        try #require(try await store.optimizations.saved(id)?.state)
    }
}
