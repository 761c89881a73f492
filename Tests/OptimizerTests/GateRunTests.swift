import Foundation
import HoneBus
import HoneCore
import HoneEvolution
import HoneMessages
import HoneService
import HoneStore
import HoneTestKit
import Logging
import Postgres
import ScriptedModel
import Testing

@testable import Evaluator
@testable import Executor
@testable import Optimizer
@testable import Router

@Suite("A gate on its way", .timeLimit(.minutes(4)))
struct GateRunTests {
    @Test("a better prompt is promoted on cases that the optimizer cannot read, and becomes a candidate")
    func promotes() async throws {
        try await GateSetting.open { setting in
            setting.teach { child, _ in child }
            let result = try await setting.run()
            #expect(result.verdict == .promote, "\(result)")
            #expect(result.gain == 1 && result.pairs == 25 && result.wins.count == 25 && result.losses.isEmpty)
            #expect(result.controls == 5 && result.brokenControls.isEmpty && result.looks == 1 && !result.worn)
            #expect(result.childPassRate == 1 && result.parentPassRate == 0)
            #expect(try await setting.store.prompts.load(setting.child)?.lifecycle == .candidate)
            let kept = try await setting.store.experiments.load(setting.experiment)
            let record = try #require(kept)
            #expect(record.status == "completed" && record.kind == "gate" && record.results?["verdict"] == "promote")
            #expect(record.promptID == setting.child && record.baselinePromptID == setting.parent)
            let told = try await setting.workshop.posted(PromptChanged.self, reaching: 1).map(\.body)
            #expect(told.map(\.to) == [.candidate] && told[0].promptID == setting.child)
        }
    }

    @Test("equal prompts end with no improvement, and nothing moves")
    func equal() async throws {
        try await GateSetting.open { setting in
            setting.teach { _, number in number < 5 || number % 2 == 0 }
            let result = try await setting.run()
            #expect(result.verdict == .noImprovement && result.pairs == setting.pairs && result.gain == 0)
            #expect(result.warnings.isEmpty)
            #expect(try await setting.store.prompts.load(setting.child)?.lifecycle == .experimental)
        }
    }

    @Test("a control that stays broken after two more runs stops it before any pair is paid for")
    func control() async throws {
        try await GateSetting.open { setting in
            setting.teach { child, number in child ? number != 0 : number < 5 }
            let result = try await setting.run()
            #expect(result.verdict == .controlsBroken && result.brokenControls == ["h000"] && result.pairs == 0)
            #expect(try await setting.trials() == 2 * (5 + 2))
        }
    }

    @Test("killed at any point, it goes on without paying a trial twice, to the same result")
    func resumed() async throws {
        try await GateSetting.open { setting in
            setting.teach { child, number in child || number % 3 == 0 }
            let straight = try await setting.run()
            let paid = setting.workshop.models.alpha.requests.count
            try await setting.forget()
            #expect(try await setting.run() == straight)
            #expect(setting.workshop.models.alpha.requests.count == paid)
        }
    }

    @Test("when the money ends it ends undecided")
    func unaffordable() async throws {
        try await GateSetting.open { setting in
            setting.teach { child, _ in child }
            let stopped = try await setting.run { true }
            #expect(stopped.verdict == .inconclusive && stopped.pairs == 0)
            #expect(try await setting.store.experiments.load(setting.experiment)?.status == "inconclusive")
        }
    }

    @Test("the second gate of a run has a smaller share of its error, and looks at a holdout are counted")
    func shares() async throws {
        try await GateSetting.open { setting in
            setting.teach { _, _ in true }
            let first = try await setting.run()
            let other = try await setting.prompt("another child")
            let second = try await setting.run(other)
            #expect(first.ordinal == 1 && second.ordinal == 2 && second.alpha < first.alpha / 3)
            #expect(first.looks == 1 && second.looks == 2)
        }
    }
}

/// An agent with a prompt and a child of it, a suite whose holdout has twenty cases more than one step, and services.
struct GateSetting: Sendable {
    let workshop: Workshop
    let parent: PromptID
    let child: PromptID
    let optimization = OptimizationID(UUID())
    let pairs = 45

    var store: Store { workshop.store }
    var experiment: ExperimentID {
        series.experiment(of: Trial(promptID: child, caseID: "", purpose: .gate, candidate: child))
    }
    var series: TrialSeries {
        TrialSeries(optimizationID: optimization, agentID: .ada, benchmarkID: "suite", baseline: parent, seed: 5)
    }

    static func open(_ body: @Sendable (GateSetting) async throws -> Void) async throws {
        try await Workshop.open { workshop in
            let setting = try await GateSetting(workshop)
            try await workshop.running([Router.self, Executor.self, Evaluator.self]) { try await body(setting) }
        }
    }

    private init(_ workshop: Workshop) async throws {
        self.workshop = workshop
        parent = try await workshop.store.prompts.production(of: .ada)?.prompt.id ?? PromptID(UUID())
        child = try await Self.add("the child", to: workshop.store)
        let cases = (0..<(pairs + 5)).map { number in
            let id = String(repeating: "0", count: 3 - "\(number)".count) + "\(number)"
            return BenchmarkCase(
                id: "h\(id)", input: .string("case \(number)."), expected: .choice("yes"), split: .holdout,
                control: number < 5)
        }
        let optimization = optimization
        try await workshop.store.transaction { store in
            _ = try await store.benchmarks.apply(Benchmark(id: "suite", category: .analysis, cases: cases))
            try await store.optimizations.queue(
                NewOptimization(
                    id: optimization, agentID: .ada, benchmarkID: "suite", algorithm: "gepa", auto: "light",
                    params: [:], budget: [:], seed: 1, requestedBy: "test"))
        }
    }

    private static func add(_ system: String, to store: Store) async throws -> PromptID {
        let new = NewPrompt(agentID: .ada, template: PromptTemplate(system: system), actor: "test")
        try await store.transaction { store in
            _ = try await store.prompts.add(new)
            try await store.prompts.move(new.id, to: .experimental, by: "test", because: "on trial")
        }
        return new.id
    }

    func prompt(_ system: String) async throws -> PromptID { try await Self.add(system, to: store) }

    /// Says which cases a prompt solves: whether it is the child's, and the case's number.
    func teach(_ solves: @escaping @Sendable (_ isChild: Bool, _ number: Int) -> Bool) {
        let solved = [true, false].flatMap { isChild in
            (0..<(pairs + 5)).filter { solves(isChild, $0) }.map { (isChild, $0) }
        }
        let rules = solved.map { isChild, number in
            ScriptedRule(
                .text("yes"),
                when: ScriptedCondition(contains: "case \(number).", system: isChild ? "child" : "one word"))
        }
        workshop.models.alpha.replace(script: Script(rules, otherwise: .text("no")))
    }

    func run(
        _ prompt: PromptID? = nil, mustStop: @escaping @Sendable () async throws -> Bool = { false }
    ) async throws -> GateResult {
        let desk = TrialDesk(
            store: workshop.database.sealed, publisher: workshop.bus.transport, limit: 16,
            logger: Logger(label: "gate") { _ in SwiftLogNoOpLogHandler() })
        // How long a scripted model takes is chance.
        var rules = GateRules()
        rules.timeTolerance = 99
        return try await RunGate(store: workshop.database.sealed, desk: desk, rules: rules).run(
            prompt ?? child, in: series, mustStop: mustStop)
    }

    /// As if the process had been killed just before the verdict was kept.
    func forget() async throws {
        try await workshop.database.pool.run(
            "update experiments set status = 'running', results = null, completed_at = null")
    }

    func trials() async throws -> Int {
        try await workshop.database.counts(["experiment_results"])["experiment_results"] ?? 0
    }
}
