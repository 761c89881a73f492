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

@testable import Optimizer

@Suite("Searches on real trials", .timeLimit(.minutes(5)))
struct SearchingTests {
    @Test(
        "a search finds the better prompt by tasks through the bus, and its whole way is on record",
        arguments: OptimizationRequested.Algorithm.allCases)
    func endToEnd(_ algorithm: OptimizationRequested.Algorithm) async throws {
        try await OptimizerShop.open { shop in
            let id = try await shop.ask(
                budget: ["max_rollouts": 160], more: ["algorithm": .string(algorithm.rawValue)])
            try await shop.workshop.running(OptimizerShop.others + [Optimizer.self]) {
                let record = try await shop.over(id)
                #expect(record.status == "completed", "\(record)")
                try await Self.look(at: record, shop)
            }
        }
    }

    private static func look(at record: OptimizationRecord, _ shop: OptimizerShop) async throws {
        let best = try #require(record.bestPromptID, "\(record)")
        let prompt = try #require(try await shop.store.prompts.history(of: best))
        #expect(prompt.stored.lifecycle == .candidate && prompt.seed == 7)
        #expect(prompt.createdBy == "optimizer" && !prompt.parents.isEmpty && prompt.experimentID != nil)
        #expect(Set(prompt.stored.prompt.template.demonstrations.map(\.assistant)).count == 2)
        let gain = record.improvement ?? .null
        #expect(gain["verdict"] == "promote" && gain["measured_on"] == "holdout")
        #expect(gain["baseline"]?["success_rate"]?.double ?? 1 < 0.7 && gain["best"]?["success_rate"] == 1)
        #expect(gain["gain"]?["success_rate"]?["low"]?.double ?? 0 > 0)
        #expect(gain["gate"]?["wins"]?.array?.isEmpty == false)
        #expect(gain["validation"]?["baseline"]?["score"] == 0.5 && gain["validation"]?["best"]?["score"] == 1)
        #expect(record.endReason?.contains("on the sealed holdout: it is better") == true)
        let progress = record.progress ?? .null
        let used = progress["rollouts_used"]?.int ?? 0
        #expect(try await shop.trials() == shop.model.requests.count && used <= 160)
        #expect(progress["best_prompt_id"]?.string == "\(best)" && progress["front"]?.array?.isEmpty == false)
        #expect(progress["best_score"]?.double ?? 0 > progress["baseline_score"]?.double ?? 1)
        #expect(progress["generation"]?.int ?? 0 > 0 && progress["eta_seconds"]?.double ?? -1 >= 0)
        #expect(record.spent > .zero && record.spent.dollars == progress["spent_usd"]?.double)
        try await look(atExperimentsOf: record, used, shop)
        try await eventually(within: .seconds(20), "its end is told") {
            try await Self.told(of: record, shop).last?.kind == .done
        }
        let told = try await Self.told(of: record, shop)
        #expect(told.first?.kind == .state && told.last?.kind == .done && told.last?.fraction == 1)
        #expect(told.contains { $0.kind == .generation } && told.contains { $0.kind == .metric })
    }

    private static func told(of record: OptimizationRecord, _ shop: OptimizerShop) async throws -> [ProgressMade] {
        try await shop.workshop.posted(ProgressMade.self).map(\.body)
            .filter { $0.subject == .optimization && $0.subjectID == "\(record.id)" }
    }

    private static func look(
        atExperimentsOf record: OptimizationRecord, _ used: Int, _ shop: OptimizerShop
    ) async throws {
        let experiments = try await shop.store.experiments.list(
            ExperimentFilter(optimizationID: record.id), after: nil, limit: 1_000)
        #expect(experiments.allSatisfy { $0.status == "completed" && $0.done == $0.cases && $0.completedAt != nil })
        #expect(Set(experiments.map(\.kind)) == ["trial", "validation", "gate"])
        #expect(experiments.filter { $0.kind != "gate" }.map(\.cases).reduce(0, +) == used)
    }

    @Test("an optimizer that is dropped is followed by another, and nothing is paid for twice")
    func resuming() async throws {
        try await OptimizerShop.open(slowness: 25) { shop in
            let id = try await shop.ask(budget: ["max_rollouts": 150])
            try await shop.workshop.running(OptimizerShop.others) {
                for rollouts in [5, 20, 40] {
                    try await shop.workshop.running([Optimizer.self]) { try await shop.used(rollouts, of: id) }
                    let record = try await shop.record(id)
                    #expect(record.status == "running", "\(record)")
                }
                try await shop.workshop.running([Optimizer.self]) {
                    let record = try await shop.over(id)
                    #expect(record.status == "completed" && record.bestPromptID != nil, "\(record)")
                }
            }
            #expect(try await shop.trials() == shop.model.requests.count)
        }
    }

    @Test("a process whose claim dies with its connection drops its searches, and one goes on with them")
    func lostClaim() async throws {
        try await OptimizerShop.open(slowness: 5) { shop in
            let id = try await shop.ask(budget: ["max_rollouts": 100])
            try await shop.workshop.running(OptimizerShop.others + [Optimizer.self, Optimizer.self]) {
                try await shop.used(20, of: id)
                try await shop.workshop.database.pool.run(
                    """
                    select pg_terminate_backend(pid) from pg_locks join pg_database on pg_database.oid = database
                    where locktype = 'advisory' and datname = current_database() and pid <> pg_backend_pid()
                    """)
                let record = try await shop.over(id)
                #expect(record.status == "completed", "\(record)")
            }
            #expect(try await shop.trials() == shop.model.requests.count)
        }
    }

    @Test("several processes share the work: agents side by side, an agent's searches one after the other")
    func sharing() async throws {
        try await OptimizerShop.open { shop in
            var ids: [OptimizationID] = []
            for (agent, seed) in [("eve", 1), ("uma", 2), ("eve", 3)] {
                ids.append(
                    try await shop.ask(
                        .named(agent), budget: ["max_rollouts": 60], more: ["seed": .integer(Int64(seed))]))
            }
            let asked = ids
            try await shop.workshop.running(OptimizerShop.others + [Optimizer.self, Optimizer.self]) {
                for id in asked {
                    let status = try await shop.over(id).status
                    #expect(status == "completed")
                }
            }
            let of = try await shop.store.optimizations.list(of: .named("eve"), limit: 5)
                .sorted { ($0.startedAt ?? .distantPast) < ($1.startedAt ?? .distantPast) }
            let (first, second) = (try #require(of[0].completedAt), try #require(of[1].startedAt))
            #expect(first <= second)
            #expect(try await shop.trials() == shop.model.requests.count)
        }
    }

    @Test("the same seed and recorded answers end in the same bytes, without a single call")
    func replaying() async throws {
        let id = OptimizationID(UUID())
        let (states, rows) = (Noted<[String]>([]), Noted<[String: [String]]>([:]))
        for mode in ["record", "replay"] {
            try await OptimizerShop.open(settings: ["HONE_REPLAY": mode]) { shop in
                try await shop.importRecordings(rows.value)
                _ = try await shop.ask(.named("eve"), id, budget: ["max_rollouts": 90])
                try await shop.workshop.running(OptimizerShop.others + [Optimizer.self]) {
                    let record = try await shop.over(id)
                    #expect(record.status == "completed", "\(mode): \(record)")
                }
                states.set(states.value + [try await shop.state(id)])
                rows.set(try await shop.recordings())
                #expect(mode == "record" || shop.model.requests.isEmpty)
            }
        }
        #expect(states.value.count == 2 && states.value[0] == states.value[1])
    }
}
