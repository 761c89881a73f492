import Foundation
import HoneCore
import HoneStore

let ada = AgentID.named("ada")
let bob = AgentID.named("bob")
let kai = AgentID.named("kai")
let analysis = HoneCore.Category.named("analysis")

extension Submission {
    static func sample(
        _ task: TaskID = .new(), message: UUID = UUID(), input: JSONValue = "Is it good?", replyTo: String? = nil
    ) -> Submission {
        Submission(
            taskID: task, submissionID: message, input: input, category: analysis, complexity: 2,
            constraints: TaskConstraints(maxCost: 0.5), expected: .choice("yes"), pin: TaskPin(seed: 7),
            metadata: ["ticket": 12], userID: "u1", replyTo: replyTo, unknown: ["colour": "blue"])
    }
}

extension Route {
    static func sample(_ task: TaskID, attempt: Int = 1, to agent: AgentID = ada) -> Route {
        Route(
            taskID: task, attempt: attempt, agentID: agent, promptID: nil,
            decision: DecisionRecord(
                id: RoutingDecisionID(derivedFrom: task, "decision \(attempt)"), policy: "thompson",
                candidates: [ada, bob], scores: [0.25, 1e-17], propensities: [0.9, 0.1],
                featureNames: ["mean", "load"], features: [0.5, 0, 0.25, 1], reason: "the best, \"so far\"", seed: -3))
    }
}

extension ExecutionRecord {
    static func sample(
        _ task: TaskID, attempt: Int = 1, by agent: AgentID = ada, result: Result = .completed(output: "yes")
    ) -> ExecutionRecord {
        ExecutionRecord(
            taskID: task, attempt: attempt, agentID: agent, model: .named("m1"), temperature: 0,
            usage: TokenUsage(inputTokens: 10, cachedInputTokens: 4, outputTokens: 2, llmCalls: 1),
            cost: MicroUSD(42), durationSeconds: 0.25, timeToFirstTokenSeconds: 0.1, finishReason: "stop",
            nodes: [
                NodeRecord(name: "render", durationSeconds: 0.01),
                NodeRecord(name: "model", durationSeconds: 0.24, tokens: 12, success: false, error: "slow"),
            ],
            result: result)
    }
}

extension TaskFault {
    static let broken = TaskFault(.modelError, "it broke")
}

extension ScoreRecord {
    static func sample(
        _ task: TaskID, by agent: AgentID = ada, overall: Double? = 0.9, awaits: Bool = false,
        prompt: PromptID? = nil, at time: Date? = nil
    ) -> ScoreRecord {
        ScoreRecord(
            taskID: task, agentID: agent, attempt: 1, promptID: prompt, category: analysis, complexity: 2,
            scores: Scores(accuracy: overall, efficiency: 1.0 / 3, overall: overall), formulaVersion: 1,
            passed: overall.map { $0 >= 0.5 }, feedback: "fine", evaluatorKind: .check, awaitsJudgement: awaits,
            totalTokens: 12, cost: MicroUSD(42), costPerQualityPoint: overall.map { 0.000042 / $0 },
            model: .named("m1"), temperature: 0, durationSeconds: 0.25, createdAt: time)
    }
}

extension Store {
    /// A task that has gone as far as a result.
    func completedTask(by agent: AgentID = ada) async throws -> TaskID {
        let id = try await routedTask(to: agent)
        _ = try await executions.record([.sample(id, by: agent)])
        return id
    }

    func routedTask(to agent: AgentID = ada) async throws -> TaskID {
        let submission = Submission.sample()
        _ = try await tasks.accept([submission])
        _ = try await tasks.route([.sample(submission.taskID, to: agent)])
        return submission.taskID
    }
}
