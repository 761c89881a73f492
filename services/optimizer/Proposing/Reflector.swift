import Foundation
import HoneCore
import HoneEvolution
import HoneModels
import HoneStore
import Logging

/// Asks the reflection model for variations of a prompt, from what that did on some train cases.
struct Reflector {
    let store: Store
    let models: ModelCatalog
    let memory: InsightDesk
    let logger: Logger
    private let renderer = PromptRenderer()

    init(store: Store, models: ModelCatalog, memory: InsightDesk, logger: Logger) {
        self.store = store
        self.models = models
        self.memory = memory
        self.logger = logger
    }

    /// Asked again by the same run in the same state it asks the same, so that a recording has the answer. Throws
    /// `ModelFault` when the model cannot be had.
    func answer(
        _ request: ProposalRequest, in plan: RunPlan, parent: PromptID, on model: ModelID
    ) async throws -> Reflection {
        let question = try await question(request, plan, parent)
        let caller = ModelCaller("reflection", of: "\(plan.record.id)/\(request.number)")
        let response = try await ModelCaller.$current.withValue(caller) {
            try await models.chat(
                ChatRequest(
                    [.system(question.system), .user(question.user)],
                    parameters: ModelParameters(
                        temperature: ReflectionQuestion.temperature, maxTokens: question.maximumTokens),
                    responseFormat: .jsonSchema(name: "variations", schema: ReflectionQuestion.schema),
                    payer: plan.payer(.reflection)),
                on: model)
        }
        let answer = ReflectionAnswer(response.text, to: question)
        for refusal in answer.refusals {
            logger.info(
                "a variation is not tried",
                metadata: ["optimization_id": "\(plan.record.id)", "reason": "\(refusal.reason)"])
        }
        return Reflection(answer, cost: response.cost)
    }

    private func question(
        _ request: ProposalRequest, _ plan: RunPlan, _ parent: PromptID
    ) async throws -> ReflectionQuestion {
        let examples = plan.examples(renderer)
        let summary = TaskSummary.text(
            inputs: examples.map(\.input), answers: examples.map(\.answer), prompt: request.genome.template)
        let insights = try await memory.recall(about: summary, for: plan.agent.id, in: plan.category).insights
        return ReflectionQuestion(
            about: request.genome, traces: try await traces(request, plan, parent), summary: summary,
            insights: insights.map(\.description), hash: plan.record.id.uuid.derived("reflection/\(request.number)"))
    }

    private func traces(
        _ request: ProposalRequest, _ plan: RunPlan, _ parent: PromptID
    ) async throws -> [ReflectionTrace] {
        let trials = request.cases.map { Trial(promptID: parent, caseID: $0, purpose: .trial) }
        guard let any = trials.first else { return [] }
        let evidence = try await store.trials.evidence(
            of: plan.series.experiment(of: any), parent, on: request.cases)
        let cases = Dictionary(plan.cases.map { ($0.id, $0) }) { first, _ in first }
        return evidence.compactMap { item in
            guard let known = cases[item.caseID] else { return nil }
            return ReflectionTrace(
                caseID: item.caseID, input: known.input.shownText, output: item.output?.shownText ?? "",
                expected: known.expected?.shownAnswer, score: item.score ?? 0, feedback: item.feedback ?? "")
        }
    }
}

extension JSONValue {
    /// A text as it is, anything else as JSON.
    fileprivate var shownText: String { string ?? JSONText.text(of: self) }
}
