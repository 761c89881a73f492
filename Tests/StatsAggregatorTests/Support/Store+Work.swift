import Foundation
import HoneCore
import HoneStore

extension Store {
    /// A task that an agent has been given.
    func assigned(
        to agent: AgentID = ada, task: TaskID = .new(), complexity: Int? = 2, experiment: ExperimentID? = nil
    ) async throws -> TaskID {
        let submission = Submission(
            taskID: task, submissionID: UUID(), input: "Is it good?", category: analysis, complexity: complexity,
            experimentID: experiment)
        _ = try await tasks.accept([submission])
        try await route(task, attempt: 1, to: agent)
        return task
    }

    func route(_ task: TaskID, attempt: Int, to agent: AgentID) async throws {
        _ = try await tasks.route([
            Route(
                taskID: task, attempt: attempt, agentID: agent, promptID: nil,
                decision: DecisionRecord(
                    id: RoutingDecisionID(derivedFrom: task, "decision \(attempt)"), policy: "thompson",
                    candidates: [agent], scores: [1], propensities: [1], featureNames: [], features: [],
                    reason: "the only one", seed: 1))
        ])
    }

    /// A task with a result and a score.
    func scored(
        by agent: AgentID = ada, overall: Double? = 0.9, cost: MicroUSD? = MicroUSD(1_000), seconds: Double = 10,
        complexity: Int? = 2, model: ModelID = .named("m1"), experiment: ExperimentID? = nil,
        evaluator: ScoreRecord.EvaluatorKind = .check
    ) async throws -> TaskID {
        let task = try await assigned(to: agent, complexity: complexity, experiment: experiment)
        try await execute(task, by: agent, seconds: seconds, .completed(output: "yes"))
        _ = try await scores.insert([
            ScoreRecord(
                taskID: task, agentID: agent, attempt: 1, category: analysis, complexity: complexity,
                scores: Scores(accuracy: overall, overall: overall), formulaVersion: 1,
                passed: overall.map { $0 >= 0.5 }, evaluatorKind: evaluator, totalTokens: 12, cost: cost,
                costPerQualityPoint: nil, model: model, durationSeconds: seconds, experimentID: experiment)
        ])
        return task
    }

    /// A task that failed in its only attempt.
    func failed(
        by agent: AgentID = ada, _ code: ErrorCode = .modelError, complexity: Int? = 2
    ) async throws -> TaskID {
        let task = try await assigned(to: agent, complexity: complexity)
        try await execute(task, by: agent, .failed(TaskFault(code, "it broke"), final: true))
        return task
    }

    func execute(
        _ task: TaskID, attempt: Int = 1, by agent: AgentID = ada, seconds: Double = 1,
        _ result: ExecutionRecord.Result
    ) async throws {
        _ = try await executions.record([
            ExecutionRecord(
                taskID: task, attempt: attempt, agentID: agent, model: .named("m1"), temperature: 0,
                usage: TokenUsage(inputTokens: 10, outputTokens: 2, llmCalls: 1), cost: MicroUSD(1_000),
                durationSeconds: seconds, finishReason: "stop", result: result)
        ])
    }

    func review(_ task: TaskID, of agent: AgentID = ada, by reviewer: AgentID = kai, score: Double?) async throws {
        _ = try await reviews.insert([
            ReviewRecord(
                taskID: task, evaluatedAgentID: agent, evaluatorAgentID: reviewer, score: score, criteria: [:],
                feedback: "", model: nil, cost: nil, durationSeconds: 1)
        ])
    }
}
