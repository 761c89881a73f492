import Foundation
import HoneCore
import HoneEvolution
import HoneStore
import HoneTestKit
import Postgres

/// A prompt that went all the way: found by a search, proved by a gate, approved by a person, its parts measured.
struct PromptFamily {
    static let agent = AgentID.named("remus")
    static let first = NewPrompt(
        agentID: agent, template: PromptTemplate(system: "Judge the review.\n\nBe brief."), actor: "apply")
    static let second = NewPrompt(
        agentID: agent,
        template: PromptTemplate(
            system: "Judge the review.", demonstrations: [Demonstration(user: "fine", assistant: "positive")]),
        parents: [first.id], madeBy: "add demonstrations", actor: "optimizer", seed: 7)
    static let third = NewPrompt(
        agentID: agent,
        template: PromptTemplate(
            system: "Judge the review.\n\nSay {{ labels.or }}.",
            demonstrations: [Demonstration(user: "fine", assistant: "positive")],
            labels: ["positive": "good", "negative": "bad"], answer: .choices(["positive", "negative"]),
            parameters: ModelParameters(temperature: 0)),
        parents: [second.id, first.id], madeBy: "merge", actor: "optimizer", seed: 8)

    let optimization = OptimizationID.new()
    let gate = ExperimentID.new()
    let ablation = ExperimentID.new()
    let database: TestDatabase

    var store: Store { database.store }

    /// Runs `body` with a family in a database of its own.
    static func run(_ body: (PromptFamily) async throws -> Void) async throws {
        let family = PromptFamily(database: try await TestDatabase.create())
        do {
            try await family.live()
            try await body(family)
        } catch {
            await family.database.close()
            throw error
        }
        await family.database.close()
    }

    private func live() async throws {
        _ = try await store.agents.apply(Agent(id: Self.agent))
        let cases = (0..<160).map { number in
            BenchmarkCase(
                id: "case-\(number)", input: .string("review \(number)"),
                expected: .choice(number % 2 == 0 ? "positive" : "negative"),
                split: number < 120 ? .holdout : .train, control: number < 5)
        }
        _ = try await store.benchmarks.apply(Benchmark(id: "reviews", category: .named("analysis"), cases: cases))
        try await store.transaction { store in
            _ = try await store.prompts.ensureProduction(Self.first)
            for prompt in [Self.second, Self.third] { _ = try await store.prompts.add(prompt) }
        }
        try await store.optimizations.queue(
            NewOptimization(
                id: optimization, agentID: Self.agent, benchmarkID: "reviews", algorithm: "gepa", auto: "light",
                params: [:], budget: [:], seed: 42, requestedBy: "ann"))
        try await runGate(cases)
        try await measureParts()
        try await approve()
    }

    private func approve() async throws {
        try await store.transaction { store in
            let id = Self.third.id
            try await store.prompts.move(id, to: .experimental, by: "optimizer", because: "on trial")
            try await store.prompts.move(id, to: .candidate, by: "optimizer", because: "it passed its gate")
            try await store.prompts.promote(id, by: "jwt:ann", because: "approved")
        }
    }

    private func experiment(_ id: ExperimentID, _ kind: String, baseline: PromptID?, seed: Int64) async throws {
        try await database.pool.run(
            """
            insert into experiments (
                id, optimization_id, prompt_id, baseline_prompt_id, benchmark_id, kind, status, seed, completed_at)
            values (
                \(id)::uuid, \(optimization)::uuid, \(Self.third.id)::uuid, \(baseline)::uuid, 'reviews', \(kind)::text,
                'completed', \(seed)::bigint, now())
            """)
    }

    private func finish(_ id: ExperimentID, _ results: GateResult) async throws {
        let text = String(decoding: try WireFormat.encode(results), as: UTF8.self)
        try await database.pool.run("update experiments set results = \(text)::jsonb where id = \(id)::uuid")
    }

    private func insert(
        _ experiment: ExperimentID, _ caseID: String, _ prompt: PromptID, _ repetition: Int, _ result: TrialResult?
    ) async throws {
        try await database.pool.run(
            """
            insert into experiment_results (
                experiment_id, benchmark_id, case_id, prompt_id, repetition, passed, score, cost_micro_usd,
                duration_seconds)
            values (
                \(experiment)::uuid, 'reviews', \(caseID)::text, \(prompt)::uuid, \(repetition)::integer,
                \(result?.passed)::boolean, \(result?.score)::double precision,
                \(result?.cost.map { Int64($0) })::bigint, \(result?.seconds)::double precision)
            """)
    }
}

// MARK: what it went through

extension PromptFamily {
    /// A child that passes nearly everything, against a parent that passes half.
    private func runGate(_ cases: [BenchmarkCase]) async throws {
        try await experiment(gate, "gate", baseline: Self.first.id, seed: -99)
        let holdout = cases.filter { $0.split == .holdout }
        let record = GateRecord(
            holdout: holdout.map(\.id), controls: holdout.filter(\.control).map(\.id), alpha: 0.0304, seed: -99)
        var (gate, generator) = (record.gate, SeededGenerator(seed: 3 as UInt64))
        while case let due = gate.ask(), !due.isEmpty {
            for trial in due {
                let passed = trial.side == .child ? generator.nextUnit() < 0.97 : generator.nextUnit() < 0.5
                let isBroken = trial.side == .parent && generator.nextUnit() < 0.03
                let result = TrialResult(
                    score: passed ? 1 : 0, passed: passed, cost: 1_000 + 50 * generator.nextUnit().rounded(),
                    seconds: 1 + generator.nextUnit() / 100)
                gate.tell(trial, isBroken ? nil : result)
                try await insert(
                    self.gate, trial.caseID, trial.side == .child ? Self.third.id : Self.first.id, trial.repetition,
                    isBroken ? nil : result)
            }
        }
        try await finish(self.gate, GateResult(gate.report, of: record, ordinal: 1, looks: 1))
    }

    private func measureParts() async throws {
        let ids = (120..<160).map { "case-\($0)" }
        let whole = Dictionary(uniqueKeysWithValues: ids.map { ($0, 1.0) })
        let variants = Self.third.template.ablations.enumerated().map { index, variant in
            let scores = Dictionary(uniqueKeysWithValues: ids.map { ($0, $0.hashed % 4 > index ? 1.0 : 0) })
            return (variant.part, variant.text, scores)
        }
        try await store.experiments.keepAblation(
            ablation, of: Self.third.id, in: optimization, on: "reviews", seed: 1,
            results: AblationReport(whole: whole, variants: variants))
    }
}

extension String {
    /// The same in every process.
    fileprivate var hashed: Int { utf8.reduce(0) { ($0 * 31 + Int($1)) % 1_009 } }
}
