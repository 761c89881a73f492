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

    init(_ assignment: TaskAssigned, traceparent: String?) {
        self.assignment = assignment
        self.traceparent = traceparent
    }

    var task: TaskSubmitted { assignment.task }

    /// Times `body` as a node; a failure is noted with it.
    mutating func step<Value>(_ name: String, _ body: (inout AgentRun) throws -> Value) throws -> Value {
        let (start, before) = (ContinuousClock.now, usage)
        do {
            let value = try body(&self)
            finish(name, start, before, nil)
            return value
        } catch {
            finish(name, start, before, error)
            throw error
        }
    }

    mutating func asyncStep<Value>(
        _ name: String, _ body: (inout AgentRun) async throws -> Value
    ) async throws -> Value {
        let (start, before) = (ContinuousClock.now, usage)
        do {
            let value = try await body(&self)
            finish(name, start, before, nil)
            return value
        } catch {
            finish(name, start, before, error)
            throw error
        }
    }

    private mutating func finish(
        _ name: String, _ start: ContinuousClock.Instant, _ before: TokenUsage, _ error: (any Error)?
    ) {
        let text = (error as? ModelFault).map { "\($0.taskFault)" } ?? error.map { "\($0)" }
        nodes.append(
            NodeRecord(
                name: name, durationSeconds: start.duration(to: .now).seconds,
                tokens: usage.totalTokens - before.totalTokens, success: error == nil, error: text))
    }

    mutating func note(_ response: ChatResponse) {
        self.response = response
        usage = usage + response.usage
        cost = response.cost
        nodes += response.toolCalls.map { NodeRecord(name: "tool:\($0.name)", durationSeconds: 0) }
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
            cost: cost, durationSeconds: start.duration(to: .now).seconds,
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
