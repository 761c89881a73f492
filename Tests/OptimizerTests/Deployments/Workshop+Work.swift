import Foundation
import HoneCore
import HoneService
import HoneStore
import HoneTestKit
import Logging
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
    func work(_ prompts: [PromptID], passed: (PromptID) -> Bool) async throws {
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
                    usage: TokenUsage(inputTokens: 10, outputTokens: 2, llmCalls: 1), cost: MicroUSD(500),
                    durationSeconds: 0.25, result: .completed(output: "x"))
            ])
            let isPassed = passed(prompt)
            _ = try await store.scores.insert([
                ScoreRecord(
                    taskID: id, agentID: .ada, attempt: 1, promptID: prompt, category: .analysis, complexity: 2,
                    scores: Scores(accuracy: isPassed ? 1 : 0, overall: isPassed ? 1 : 0), formulaVersion: 1,
                    passed: isPassed, evaluatorKind: .check, totalTokens: 12, cost: MicroUSD(500),
                    costPerQualityPoint: nil, model: .alpha, durationSeconds: 0.25)
            ])
        }
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
