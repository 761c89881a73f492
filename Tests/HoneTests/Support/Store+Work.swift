import Foundation
import HoneCore
import HoneStore

extension Store {
    /// A task that an agent did, with its score; text that others wrote may be anything.
    func scoredTask(
        by agent: AgentID, nickname: String? = nil, overall: Double = 0.9, feedback: String? = nil,
        cost: MicroUSD = MicroUSD(1_500), fault: TaskFault? = nil, at time: Date = Date()
    ) async throws -> TaskID {
        let category = Category.general
        _ = try await agents.apply(
            Agent(id: agent, nickname: nickname ?? agent.rawValue, specialization: [category], model: ModelID("m1")))
        let task = TaskID.new()
        _ = try await tasks.accept([
            Submission(taskID: task, submissionID: UUID(), input: "x", category: category, complexity: 2)
        ])
        let decision = DecisionRecord(
            id: RoutingDecisionID(derivedFrom: task, "decision 1"), policy: "thompson", candidates: [agent],
            scores: [1], propensities: [1], featureNames: [], features: [], reason: feedback ?? "the only one", seed: 1)
        _ = try await tasks.route([
            Route(taskID: task, attempt: 1, agentID: agent, promptID: nil, decision: decision)
        ])
        let result: ExecutionRecord.Result =
            if let fault { .failed(fault, final: true) } else { .completed(output: "y") }
        _ = try await executions.record([
            ExecutionRecord(
                taskID: task, attempt: 1, agentID: agent, model: ModelID("m1"), temperature: 0,
                usage: TokenUsage(inputTokens: 10, outputTokens: 2, llmCalls: 1), cost: cost, durationSeconds: 1,
                finishReason: "stop", result: result)
        ])
        guard fault == nil else { return task }
        _ = try await scores.insert([
            ScoreRecord(
                taskID: task, agentID: agent, attempt: 1, category: category, complexity: 2,
                scores: Scores(accuracy: overall, overall: overall), formulaVersion: 1, passed: overall >= 0.5,
                feedback: feedback, evaluatorKind: .check, totalTokens: 12, cost: cost, costPerQualityPoint: nil,
                model: ModelID("m1"), durationSeconds: 1, createdAt: time)
        ])
        return task
    }
}

extension Name {
    /// A name known to be valid.
    static func of(_ text: String) -> Name {
        guard let name = Name(text) else { preconditionFailure("\(text) is no name") }
        return name
    }
}
