import Foundation
import HoneCore
import HoneEvolution
import HoneService
import HoneStore
import HoneTestKit
import Logging
import Postgres
import Testing

@testable import Optimizer

extension Workshop {
    /// A draft of Ada's.
    func draft(_ words: String = "Another way.") async throws -> PromptID {
        let prompt = NewPrompt(agentID: .ada, template: PromptTemplate(system: words), actor: "test")
        _ = try await store.prompts.add(prompt)
        return prompt.id
    }

    /// A prompt of Ada's that has a share of her tasks, and the one that has the others.
    func canary(share: Double = 0.5) async throws -> (prompt: PromptID, production: PromptID) {
        let production = try #require(try await store.prompts.production(of: .ada)).prompt.id
        let prompt = try await draft()
        _ = try await Promotion(store: store).approve(prompt, PromotionWish(share: share), by: "test")
        return (prompt, production)
    }

    /// Puts scored work of Ada's on record, as if it had come in this order.
    func work(
        _ prompts: [PromptID], cost: (PromptID) -> MicroUSD = { _ in MicroUSD(500) }, passed: (PromptID) -> Bool
    ) async throws {
        for prompt in prompts {
            let id = TaskID.new()
            let submission = Submission(
                taskID: id, submissionID: UUID(), input: "x", category: .analysis, complexity: 2)
            _ = try await store.tasks.accept([submission])
            _ = try await store.tasks.route([
                Route(
                    taskID: id, attempt: 1, agentID: .ada, promptID: prompt, category: .analysis, complexity: 2,
                    decision: DecisionRecord(
                        id: RoutingDecisionID(derivedFrom: id, "decision"), policy: "greedy", candidates: [.ada],
                        scores: [1], propensities: [1], reason: "the test says so", seed: 1))
            ])
            _ = try await store.executions.record([
                ExecutionRecord(
                    taskID: id, attempt: 1, agentID: .ada, promptID: prompt, model: .alpha, temperature: 0,
                    usage: TokenUsage(inputTokens: 10, outputTokens: 2, llmCalls: 1), cost: cost(prompt),
                    durationSeconds: 0.25, result: .completed(output: "x"))
            ])
            let isPassed = passed(prompt)
            _ = try await store.scores.insert([
                ScoreRecord(
                    taskID: id, agentID: .ada, attempt: 1, promptID: prompt, category: .analysis, complexity: 2,
                    scores: Scores(accuracy: isPassed ? 1 : 0, overall: isPassed ? 1 : 0), formulaVersion: 1,
                    passed: isPassed, evaluatorKind: .check, totalTokens: 12, cost: cost(prompt),
                    costPerQualityPoint: nil, model: .alpha, durationSeconds: 0.25)
            ])
        }
    }

    /// Has a gate speak for the canary that let it cost so much more.
    func gate(_ prompt: PromptID, costTolerance: Double) async throws {
        var rules = GateRules()
        rules.costTolerance = costTolerance
        let opening = GateRecord(holdout: ["h1"], controls: [], alpha: 0.03, seed: 1, rules: rules)
        let result = GateResult(opening.gate.report, of: opening, ordinal: 1, looks: 1)
        let results = String(decoding: try WireFormat.encode(result), as: UTF8.self)
        try await database.pool.run(
            """
            with gate as (
                insert into experiments (id, prompt_id, kind, status, results)
                values (gen_random_uuid(), \(prompt)::uuid, 'gate', 'completed', \(results)::jsonb)
                returning id
            )
            update deployments set gate_experiment_id = gate.id from gate where prompt_id = \(prompt)::uuid
            """)
    }

    var watch: WatchDeployments {
        WatchDeployments(
            store: store, publisher: bus.transport, settings: settings.canary, logger: Self.silent)
    }

    private static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    func state(of prompt: PromptID) async throws -> PromptLifecycle? {
        try await store.prompts.load(prompt)?.lifecycle
    }
}
