import Foundation
public import HoneCore
public import HoneMessages
import HoneStore
import Postgres

// The record as it stands when a service's turn comes, without the services before it.

extension Workshop {
    /// Puts a task on record as accepted and given to an agent, and returns the assignment that the executor gets.
    public func assign(
        _ task: TaskSubmitted, to agent: AgentID = .ada, attempt: Int = 1
    ) async throws -> TaskAssigned {
        let id = task.taskID ?? .new()
        if attempt == 1 { try await accept(task, as: id) }
        let prompt = try await store.prompts.production(of: agent)?.prompt.id
        let decision = RoutingDecisionID(derivedFrom: id, "decision/\(attempt)")
        _ = try await store.tasks.route([
            Route(
                taskID: id, attempt: attempt, agentID: agent, promptID: prompt, category: task.category,
                complexity: task.complexity,
                decision: DecisionRecord(
                    id: decision, policy: "greedy", candidates: [agent], scores: [1], propensities: [1],
                    reason: "the test says so", seed: 1))
        ])
        return TaskAssigned(
            task: task, taskID: id, agentID: agent, promptID: prompt, attempt: attempt, routingDecisionID: decision)
    }

    private func accept(_ task: TaskSubmitted, as id: TaskID) async throws {
        _ = try await store.tasks.accept([
            Submission(
                taskID: id, submissionID: UUID(), input: task.input, category: task.category,
                complexity: task.complexity, deadline: task.deadline, constraints: task.constraints,
                expected: task.expected, pin: task.pin,
                metadata: task.metadata, replyTo: task.replyTo, experimentID: task.experimentID)
        ])
    }

    /// Puts a completed task on record, and returns the message that says so.
    public func complete(
        _ task: TaskSubmitted, by agent: AgentID = .ada, output: JSONValue = "positive", model: ModelID = .alpha
    ) async throws -> TaskCompleted {
        let assigned = try await assign(task, to: agent)
        let record = ExecutionRecord(
            taskID: assigned.taskID, attempt: 1, agentID: agent, promptID: assigned.promptID, model: model,
            temperature: 0, usage: TokenUsage(inputTokens: 10, outputTokens: 2, llmCalls: 1), cost: MicroUSD(500),
            durationSeconds: 0.25, result: .completed(output: output))
        _ = try await store.executions.record([record])
        return TaskCompleted(
            taskID: record.taskID, agentID: agent, promptID: record.promptID, model: model, attempt: 1, output: output,
            nodes: [], usage: record.usage, costUSD: record.cost?.dollars, durationSeconds: record.durationSeconds)
    }

    /// Puts a score on record for completed work, and returns the message that says so.
    public func evaluate(
        _ completed: TaskCompleted, accuracy: Double, by kind: EvaluationCompleted.Evaluator.Kind = .check
    ) async throws -> EvaluationCompleted {
        let scores = Scores(accuracy: accuracy, overall: accuracy)
        let record = ScoreRecord(
            taskID: completed.taskID, agentID: completed.agentID, attempt: 1, promptID: completed.promptID,
            category: .analysis, complexity: nil, scores: scores, formulaVersion: 1, passed: accuracy >= 0.5,
            evaluatorKind: kind == .check ? .check : .judge, totalTokens: completed.usage.totalTokens,
            cost: MicroUSD(500), costPerQualityPoint: nil, model: completed.model,
            durationSeconds: completed.durationSeconds)
        _ = try await store.scores.insert([record])
        return EvaluationCompleted(
            taskID: completed.taskID, agentID: completed.agentID, promptID: completed.promptID, category: .analysis,
            complexity: nil, scores: scores, passed: record.passed, feedback: nil, evaluator: .init(kind: kind),
            costUSD: 0.0005, durationSeconds: completed.durationSeconds, costPerQualityPoint: nil)
    }

    /// Lets an agent have been there for a month: it is no longer new.
    public func age(_ agent: AgentID) async throws {
        try await database.pool.run(
            "update agents set created_at = now() - interval '30 days' where id = \(agent.rawValue)")
    }
}
