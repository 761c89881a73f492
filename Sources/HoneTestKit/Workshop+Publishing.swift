public import Foundation
public import HoneBus
public import HoneCore
public import HoneMessages
import HoneStore

extension Workshop {
    /// Publishes a payload as `XADD … data …` would; with an `id` where one is given.
    public func publish(_ data: String, to topic: Topic, id: String? = nil) async throws {
        var fields = [Envelope.Field(Attribute.data, data)]
        if let id { fields.insert(Envelope.Field(Attribute.id, id), at: 0) }
        try await bus.add(Envelope(fields), to: key(topic))
    }

    /// Publishes a task as an outsider would.
    public func submit(_ task: JSONValue, id: String? = nil) async throws {
        try await publish(String(decoding: WireFormat.encode(task), as: UTF8.self), to: .tasksSubmitted, id: id)
    }

    /// Publishes a message as another service would; the same `id` again is a redelivery.
    public func send<Body: Message>(_ message: Body, id: UUID = UUID()) async throws {
        try await bus.transport.publish([Publication(message, id: id)])
    }

    /// Adds the entries of a stream to it once more, as a crash between commit and acknowledgement would.
    public func redeliver(_ topic: Topic, _ lane: Lane? = nil) async throws {
        let key = key(topic, lane)
        for entry in try await bus.entries(of: key) { try await bus.add(entry, to: key) }
    }

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
                complexity: task.complexity, constraints: task.constraints, expected: task.expected, pin: task.pin,
                metadata: task.metadata, replyTo: task.replyTo)
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
}
