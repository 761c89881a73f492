import Foundation
import HoneAPI
import HoneBus
import HoneCore
import HoneMessages
import HoneStore
import Logging

/// Puts an evaluation on record with a task for each case, and sends the tasks on their way.
///
/// Once it is on record it cannot be lost: what was not published the routers find and publish again.
struct StartEvaluation {
    /// In the batch lane: nobody waits for it.
    private static let priority = 1
    private static let chunk = 256

    let backend: Backend

    /// An evaluation with the messages that send its tasks on their way, once it is on record.
    struct Plan {
        let evaluation: NewEvaluation
        let publications: [Publication]
    }

    func start(
        _ agent: StoredAgent, _ request: EvaluationRequest, by actor: String
    ) async throws -> EvaluationRecord {
        let plan = try await plan(agent, request, by: actor)
        let id = plan.evaluation.id
        try await backend.store.transaction { store in
            try await store.evaluations.start(plan.evaluation)
            try await store.audit.record(
                actor: actor, action: "evaluation.start", subjectKind: "agent", subjectID: agent.id.rawValue,
                details: ["evaluation_id": .string(id.description), "benchmark": .string(request.benchmark)])
        }
        await publish(plan.publications)
        guard let record = try await backend.store.evaluations.load(id) else { throw Problem.notFound("evaluation") }
        return record
    }

    /// Throws for what cannot be evaluated; nothing happens yet.
    func plan(
        _ agent: StoredAgent, _ request: EvaluationRequest, by actor: String,
        as id: EvaluationID = EvaluationID(TaskID.new().uuid)
    ) async throws -> Plan {
        try request.validate()
        let benchmark = try await benchmark(request.benchmark)
        let prompt = try await prompt(request.promptID, of: agent)
        let cases = try await cases(request)
        let work = try cases.map { try trial(of: $0, benchmark, prompt, in: id) }
        let evaluation = NewEvaluation(
            id: id, agentID: agent.id, promptID: prompt.id, benchmarkID: benchmark.id, split: request.split,
            kind: request.kind ?? .regular, requestedBy: actor,
            cases: zip(cases, work).map { ($0.id, $1.submission) })
        return Plan(evaluation: evaluation, publications: work.map(\.publication))
    }

    private func benchmark(_ id: String) async throws -> BenchmarkSummary {
        guard let benchmark = try await backend.store.benchmarks.load(id) else {
            throw InvalidValue(
                path: "benchmark", found: InvalidValue.summary(of: .string(id)), expected: "a benchmark on record")
        }
        return benchmark
    }

    private func prompt(_ wanted: PromptID?, of agent: StoredAgent) async throws -> Prompt {
        guard agent.agent.lifecycle != .retired else { throw Problem.conflict("The agent \(agent.id) is retired.") }
        guard let id = wanted ?? agent.promptID else {
            throw Problem.conflict("The agent \(agent.id) has no prompt in production: name one as `prompt_id`.")
        }
        guard let prompt = try await backend.store.prompts.load(id)?.prompt, prompt.agentID == agent.id else {
            throw InvalidValue(path: "prompt_id", found: "\"\(id)\"", expected: "a prompt of \(agent.id)")
        }
        return prompt
    }

    private func cases(_ request: EvaluationRequest) async throws -> [BenchmarkCase] {
        let limit = request.limit ?? EvaluationRequest.mostCases
        let cases = try await backend.store.benchmarks.cases(
            of: request.benchmark, in: request.split, after: nil, limit: limit)
        guard !cases.isEmpty else {
            throw InvalidValue(
                path: request.split == nil ? "benchmark" : "split", found: "no cases", expected: "at least one case")
        }
        return cases
    }

    /// The same case of the same evaluation is always the same task.
    private func trial(
        of item: BenchmarkCase, _ benchmark: BenchmarkSummary, _ prompt: Prompt, in id: EvaluationID
    ) throws -> (submission: Submission, publication: Publication) {
        var task = TaskSubmitted(
            input: item.input, taskID: TaskID(derivedFrom: id, "case/\(item.id)"), category: benchmark.category,
            priority: Self.priority, expected: item.expected,
            pin: TaskPin(agentID: prompt.agentID, promptID: prompt.id),
            metadata: [
                "evaluation_id": .string(id.description), "benchmark": .string(benchmark.id),
                "case_id": .string(item.id),
            ])
        task.experimentID = NewEvaluation.experiment(of: id)
        let taskID = TaskID(derivedFrom: id, "case/\(item.id)")
        let publication = try Publication(task, id: taskID.uuid.derived(TaskSubmitted.type))
        let submission = Submission(
            taskID: taskID, submissionID: publication.messageID, input: task.input, category: task.category,
            priority: Self.priority, expected: task.expected, pin: task.pin, metadata: task.metadata,
            experimentID: task.experimentID)
        return (submission, publication)
    }

    func publish(_ publications: [Publication]) async {
        do {
            for start in stride(from: 0, to: publications.count, by: Self.chunk) {
                try await backend.transport.publish(
                    Array(publications[start..<min(start + Self.chunk, publications.count)]))
            }
        } catch {
            backend.logger.warning(
                "an evaluation's tasks wait for the reconciler", metadata: ["error": "\(error)"])
        }
    }
}
