import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneService
import HoneStore
import HoneTestKit
import Postgres
import Testing

@testable import Optimizer

@Suite("Observing agents", .timeLimit(.minutes(3)))
struct ObserveAgentsTests {
    private func observer(_ workshop: Workshop) -> ObserveAgents {
        ObserveAgents(
            store: workshop.store, publisher: workshop.bus.transport, interval: .seconds(1),
            settings: workshop.settings.observation, logger: quiet)
    }

    private func failures(_ count: Int, of agent: AgentID = .ada) -> [StagedRun] {
        (0..<count).map { StagedRun(agent: agent, passed: false, feedback: "the choice is \"great\($0)\"") }
    }

    @Test("an agent that mostly fails gets an optimization, once, with a summary of how it fails")
    func filing() async throws {
        try await Workshop.open { workshop in
            try await workshop.addSuite("suite")
            let timeouts = (0..<3).map { _ in
                StagedRun(fault: TaskFault(.timeout, "no answer within 30 s"), node: "model")
            }
            try await workshop.stage([StagedRun()] + failures(8) + timeouts)
            let observer = observer(workshop)
            let found = try await withThrowingTaskGroup(of: [ObservationRecord].self) { group in
                for _ in 0..<4 { group.addTask { try await observer.pass(at: Date()) } }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(found.map(\.agentID) == [.ada] && found[0].benchmarkID == "suite" && found[0].role == .worker)
            let request = try #require(try await workshop.posted(OptimizationRequested.self, reaching: 1).first?.body)
            #expect(request.optimizationID == found[0].optimizationID && request.auto == .light)
            #expect(request.budget?.maxCostUSD == 1 && request.benchmark == "suite")
            let summary = try #require(request.params?["summary"])
            #expect(summary["runs"] == 12 && summary["passed"] == 1 && summary["failed"] == 11)
            #expect(summary["reasons"] == ["success_rate"])
            let clusters = try #require(summary["clusters"]?.array)
            #expect(clusters.map { $0["code"] } == ["wrong_answer", "timeout"])
            #expect(clusters.map { $0["count"] } == [8, 3] && clusters[1]["node"] == "model")
            #expect(clusters[1]["example"] == "no answer within 30 s")
            let queued = try await workshop.store.optimizations.list(of: .ada, limit: 9)
            #expect(queued.map(\.requestedBy) == ["observation"])
        }
    }

    @Test("not while one is under way, nor soon after, but again when it is no better")
    func coolDown() async throws {
        try await Workshop.open(settings: ["HONE_OBSERVE_COOL_DOWN": "10h"]) { workshop in
            try await workshop.addSuite("suite")
            try await workshop.stage(failures(12))
            let (observer, now, hour) = (observer(workshop), Date(), 3_600.0)
            #expect(try await observer.pass(at: now).count == 1)
            #expect(try await observer.pass(at: now).isEmpty)
            #expect(try await observer.pass(at: now + 100 * hour).isEmpty, "it is under way")
            try await workshop.endOptimizations(at: now + 5 * hour)
            #expect(try await observer.pass(at: now + 14 * hour).isEmpty)
            #expect(try await observer.pass(at: now + 16 * hour).count == 1)
        }
    }

    @Test("what cannot be measured is not asked for, but told")
    func withoutBenchmark() async throws {
        try await Workshop.open { workshop in
            try await workshop.addSuite("other", .named("other"))
            try await workshop.stage(failures(12))
            let found = try await observer(workshop).pass(at: Date())
            #expect(found.count == 1 && found[0].optimizationID == nil && found[0].benchmarkID == nil)
            #expect(try await workshop.posted(OptimizationRequested.self).isEmpty)
            #expect(try await workshop.store.observations.list(limit: 9).map(\.agentID) == [.ada])
            #expect(try await observer(workshop).pass(at: Date()).isEmpty)
        }
    }

    @Test("what cannot be searched for is kept with its reason, and nobody is asked again and again")
    func refused() async throws {
        try await Workshop.open { workshop in
            try await workshop.store.transaction { store in
                let cases = [BenchmarkSplit.train, .holdout].map { split in
                    BenchmarkCase(id: split.rawValue, input: "the same words", expected: .choice("y"), split: split)
                }
                _ = try await store.benchmarks.apply(Benchmark(id: "suite", category: .analysis, cases: cases))
            }
            try await workshop.stage(failures(12))
            let found = try await observer(workshop).pass(at: Date())
            #expect(found.allSatisfy { $0.refusal?.hasPrefix("benchmark: expected splits that share no case") == true })
            #expect(found.count == 1 && found[0].optimizationID == nil && found[0].benchmarkID == "suite")
            #expect(try await workshop.posted(OptimizationRequested.self).isEmpty)
            #expect(try await workshop.store.observations.list(limit: 9).map(\.refusal) == found.map(\.refusal))
            #expect(try await observer(workshop).pass(at: Date()).isEmpty)
        }
    }

    @Test("when the bus is away the search is on record all the same")
    func away() async throws {
        try await Workshop.open { workshop in
            try await workshop.addSuite("suite")
            try await workshop.stage(failures(12))
            let away = ObserveAgents(
                store: workshop.store, publisher: AwayPublisher(), interval: .seconds(1),
                settings: workshop.settings.observation, logger: quiet)
            let found = try await away.pass(at: Date())
            #expect(found.count == 1)
            #expect(try await workshop.store.optimizations.turns().map(\.id) == found.compactMap(\.optimizationID))
        }
    }

    @Test("trials, faults of the machinery, work of an earlier prompt and what nobody could score do not count")
    func leftOut() async throws {
        try await Workshop.open { workshop in
            try await workshop.addSuite("suite")
            try await workshop.stage(failures(20, of: .bob))
            try await workshop.database.pool.run(
                "update prompt_states set since = now() + interval '1 hour' where agent_id = 'bob'")
            let trials = failures(20).map { run in
                var trial = run
                trial.experiment = ExperimentID(UUID())
                return trial
            }
            let down = (0..<20).map { _ in StagedRun(fault: TaskFault(.modelUnavailable, "down")) }
            try await workshop.stage(trials + down + (0..<20).map { _ in StagedRun(passed: nil) } + failures(9))
            #expect(try await observer(workshop).pass(at: Date()).isEmpty)
            try await workshop.stage(failures(1))
            #expect(try await observer(workshop).pass(at: Date()).map(\.agentID) == [.ada])
        }
    }

    @Test("work that is good but dear calls for it, too")
    func cost() async throws {
        try await Workshop.open(settings: ["HONE_OBSERVE_COST_ABOVE_USD": "0.05"]) { workshop in
            try await workshop.addSuite("suite")
            try await workshop.stage((0..<10).map { _ in StagedRun(cost: MicroUSD(60_000)) })
            let found = try await observer(workshop).pass(at: Date())
            #expect(found.map { $0.summary["reasons"] } == [["cost"]] && found[0].optimizationID != nil)
        }
    }

    @Test("critics are treated alike: one that misses errors gets an optimization where its reviewing can be measured")
    func critics() async throws {
        try await Workshop.open { workshop in
            try await workshop.addSuite("reviewing", .named("reviewing"))
            let bad = try await workshop.stage(failures(12))
            try await workshop.endOptimizations()
            for task in bad {
                try await workshop.review(task, by: .kai, score: 0.9, "a fine piece of work")
                try await workshop.review(task, by: .maya, score: 0.1, "wrong")
            }
            var kai = try #require(try await workshop.store.agents.load(.kai))
            kai.agent.specialization = [.named("reviewing")]
            _ = try await workshop.store.agents.apply(kai.agent, reviewCriteria: kai.reviewCriteria)
            let found = try await observer(workshop).pass(at: Date())
            #expect(found.map(\.agentID) == [.ada, .kai])
            #expect(found[0].optimizationID == nil && found[1].benchmarkID == "reviewing" && found[1].role == .reviewer)
            #expect(found[1].summary["clusters"]?[0]?["code"] == "missed_error")
            #expect(found[1].summary["clusters"]?[0]?["example"] == "a fine piece of work")
        }
    }

    @Test("a person's rating is a truth for critics, too; a judge's word is none")
    func truth() async throws {
        try await Workshop.open { workshop in
            let tasks = try await workshop.stage((0..<20).map { _ in StagedRun(passed: true) })
            try await workshop.database.pool.run("update agent_performance_scores set evaluator_kind = 'judge'")
            for task in tasks { try await workshop.review(task, by: .kai, score: 0.1) }
            #expect(try await workshop.store.observations.reviews(last: 50).isEmpty)
            try await workshop.database.pool.run("update agent_performance_scores set user_rating = 5")
            let reviews = try await workshop.store.observations.reviews(last: 12)
            #expect(reviews.count == 12 && reviews.allSatisfy { $0.truth == 1 && $0.reviewerID == .kai })
            let found = try await observer(workshop).pass(at: Date())
            #expect(found.map { $0.summary["clusters"]?[0]?["code"] } == ["false_alarm"])
        }
    }
}
