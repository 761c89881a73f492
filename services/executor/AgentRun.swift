import Foundation
import HoneCore
import HoneMessages
import HoneModels
import HoneStore

/// What one attempt has used and done so far.
struct AgentRun {
    let assignment: TaskAssigned
    let traceparent: String?
    var parameters = ModelParameters()
    var output: JSONValue?
    var fault: TaskFault?
    private var nodes: [NodeRecord] = []
    private var usage = TokenUsage()
    private var cost: MicroUSD?
    private var response: ChatResponse?
    private let start = ContinuousClock.now
    /// What passed when a replayed answer was recorded, and not now.
    private var replayed: Duration = .zero

    init(_ assignment: TaskAssigned, traceparent: String?) {
        self.assignment = assignment
        self.traceparent = traceparent
    }

    var task: TaskSubmitted { assignment.task }

    /// Times `body` as a node; a failure is noted with it.
    mutating func step<Value>(_ name: String, _ body: (inout AgentRun) throws -> Value) throws -> Value {
        let before = Mark(usage: usage, replayed: replayed)
        do {
            let value = try body(&self)
            finish(name, before, nil)
            return value
        } catch {
            finish(name, before, error)
            throw error
        }
    }

    mutating func asyncStep<Value>(
        _ name: String, _ body: (inout AgentRun) async throws -> Value
    ) async throws -> Value {
        let before = Mark(usage: usage, replayed: replayed)
        do {
            let value = try await body(&self)
            finish(name, before, nil)
            return value
        } catch {
            finish(name, before, error)
            throw error
        }
    }

    /// How things stood when a step began.
    private struct Mark {
        let start = ContinuousClock.now
        let usage: TokenUsage
        let replayed: Duration
    }

    private mutating func finish(_ name: String, _ before: Mark, _ error: (any Error)?) {
        let text = (error as? ModelFault).map { "\($0.taskFault)" } ?? error.map { "\($0)" }
        nodes.append(
            NodeRecord(
                name: name, durationSeconds: (before.start.duration(to: .now) + replayed - before.replayed).seconds,
                tokens: usage.totalTokens - before.usage.totalTokens, success: error == nil, error: text))
    }

    mutating func note(_ response: ChatResponse) {
        self.response = response
        usage = usage + response.usage
        cost = response.cost
        nodes += response.toolCalls.map { NodeRecord(name: "tool:\($0.name)", durationSeconds: 0) }
    }

    /// Lets a replayed answer have taken as long as it did.
    mutating func stretch(to duration: Duration, since asked: ContinuousClock.Instant) {
        replayed += max(.zero, duration - asked.duration(to: .now))
    }

    mutating func note(_ fault: ModelFault) {
        usage = usage + fault.usage
        cost = fault.cost
    }

    func record() -> ExecutionRecord {
        let result: ExecutionRecord.Result =
            if let fault { .failed(fault, final: !fault.retryable) } else { .completed(output: output ?? .null) }
        return ExecutionRecord(
            taskID: assignment.taskID, attempt: assignment.attempt, agentID: assignment.agentID,
            promptID: assignment.promptID, model: response?.model, temperature: parameters.temperature, usage: usage,
            cost: cost, durationSeconds: (start.duration(to: .now) + replayed).seconds,
            timeToFirstTokenSeconds: response?.timeToFirstToken?.seconds,
            finishReason: response?.finishReason.rawValue, toolCalls: toolCalls, nodes: nodes, result: result)
    }

    private var toolCalls: JSONValue? {
        guard let calls = response?.toolCalls, !calls.isEmpty else { return nil }
        return .array(
            calls.map { ["id": .string($0.id), "name": .string($0.name), "arguments": .string($0.arguments)] })
    }
}

extension Duration {
    var seconds: Double { self / .seconds(1) }
}
