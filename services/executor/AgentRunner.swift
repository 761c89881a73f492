import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneModels
import HoneService
import HoneStore
import Synchronization

/// Has an agent do a task: render its prompt, ask its model, read the answer. Every step is timed and kept.
struct AgentRunner {
    let directory: Directory
    let circumstances: Circumstances
    private let renderer = PromptRenderer()

    init(directory: Directory, circumstances: Circumstances = .none) {
        self.directory = directory
        self.circumstances = circumstances
    }

    /// The attempt, told whole, whether it succeeded or not. Throws only when the machinery failed or the process is
    /// shutting down: then the attempt has not taken place.
    func run(
        _ message: Received<TaskAssigned>, at start: Date, telling gate: ProgressGate
    ) async throws -> ExecutionRecord {
        var run = AgentRun(message.body, traceparent: message.traceparent)
        gate.tell([ProgressMade(message.body, .state, "running")])
        do {
            let caller = ModelCaller("task", of: message.body.subject)
            run.output = try await ModelCaller.$current.withValue(caller) { try await work(&run, start, gate) }
        } catch let fault as TaskFault {
            run.fault = fault
        }
        return circumstances.timed(run.record(), message.body.subject)
    }

    private func work(_ run: inout AgentRun, _ start: Date, _ gate: ProgressGate) async throws -> JSONValue {
        let allowance = try Allowance(run.task, at: start)
        let crew = try await crew(for: run.assignment)
        run.parameters = crew.parameters
        let input = try await input(of: run.task)
        let messages = try run.step("render") { _ in try render(crew.prompt, input) }
        let request = allowance.request(messages, run, crew)
        let template = crew.prompt.template
        // What is not yet the answer is nobody's business: it is told whole, once it is read.
        let response = try await ask(crew.model.id, request, &run, template.translates ? nil : gate)
        let answer = try run.step("parse") { _ in try read(response, of: template) }
        if template.translates, let text = answer.string { gate.tell([run.assignment.token(text, sequence: 0)]) }
        return answer
    }

    /// A trial names its case, and only here is that opened.
    private func input(of task: TaskSubmitted) async throws -> JSONValue {
        guard task.experimentID != nil, let id = task.taskID, let reference = CaseReference(task.input) else {
            return task.input
        }
        guard let item = try await directory.benchmarkCase(of: id, reference) else {
            throw TaskFault(
                .invalidMessage, "input: it is no trial of case \(reference.id) of benchmark \(reference.benchmark)")
        }
        return item.input
    }

    private func render(_ prompt: Prompt, _ input: JSONValue) throws -> [ChatMessage] {
        do {
            return try renderer.messages(for: prompt.template, input: input)
        } catch {
            throw TaskFault(.internal, "the prompt cannot be rendered: \(error)", retryable: true)
        }
    }

    private func ask(
        _ model: ModelID, _ request: ChatRequest, _ run: inout AgentRun, _ gate: ProgressGate?
    ) async throws -> ChatResponse {
        let (assignment, sequence) = (run.assignment, Counting())
        do {
            return try await run.asyncStep("model") { run in
                let asked = ContinuousClock.now
                let response = try await directory.models.chat(request, on: model) { event in
                    guard let gate, case .text(let token) = event else { return }
                    gate.tell([assignment.token(token, sequence: sequence.next())])
                }
                run.note(response)
                if directory.models.isReplaying { run.stretch(to: response.duration, since: asked) }
                return response
            }
        } catch let fault as ModelFault {
            run.note(fault)
            throw fault.taskFault
        }
    }

    private func read(_ response: ChatResponse, of template: PromptTemplate) throws -> JSONValue {
        let text = template.reading(response.text.trimmed)
        guard !text.isEmpty || !response.toolCalls.isEmpty else { throw TaskFault(.modelError, "the answer is empty") }
        return .string(text)
    }

    /// What watchers are told of what was done.
    func steps(of record: ExecutionRecord, _ assignment: TaskAssigned) -> [ProgressMade] {
        record.nodes.map { node in
            ProgressMade(
                assignment, .node, node.name,
                data: ["seconds": .number(node.durationSeconds), "success": .bool(node.success)])
        }
    }

    /// What watchers are told of how it ended, once the result is on record.
    func end(of record: ExecutionRecord, _ assignment: TaskAssigned) -> ProgressMade {
        record.fault.map { fault in
            ProgressMade(
                assignment, .error, "\(fault)",
                data: ["code": .string(fault.code.rawValue), "final": .bool(record.isFinalFailure)])
        } ?? ProgressMade(completed: assignment, record.summary)
    }
}

extension TaskAssigned {
    fileprivate func token(_ text: String, sequence: Int64) -> ProgressMade {
        ProgressMade(self, .token, text, data: ["sequence": .integer(sequence)])
    }
}

extension ExecutionRecord {
    fileprivate var summary: AnswerSummary? {
        output?.string.map { AnswerSummary(bytes: $0.utf8.count, usage: usage, finishReason: finishReason) }
    }
}

/// Numbers the pieces of one answer, so that whoever puts it together sees when one is missing.
private final class Counting: Sendable {
    private let count = Mutex<Int64>(0)

    func next() -> Int64 {
        count.withLock { count in
            defer { count += 1 }
            return count
        }
    }
}
