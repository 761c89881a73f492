import Foundation
import HoneCore
import HoneMessages
import HoneStore
import HoneTestKit
import ScriptedModel
import Testing

@testable import Executor

@Suite("Trials that name their case", .timeLimit(.minutes(2)))
struct CaseReferenceTests {
    private static let input = CaseReference(benchmark: "suite", id: "h1").input

    private static func apply(to workshop: Workshop) async throws {
        try await workshop.store.transaction { store in
            _ = try await store.benchmarks.apply(
                Benchmark(
                    id: "suite", category: .analysis,
                    cases: [
                        BenchmarkCase(id: "h1", input: "the sealed words", expected: .choice("yes"), split: .holdout)
                    ]))
        }
    }

    @Test("the agent is asked what the case says, and the task on record still names it")
    func opened() async throws {
        try await Workshop.open { workshop in
            try await Self.apply(to: workshop)
            let prompt = try #require(try await workshop.store.prompts.production(of: .ada)?.prompt.id)
            let optimization = OptimizationID(UUID())
            try await workshop.store.optimizations.queue(
                NewOptimization(
                    id: optimization, agentID: .ada, benchmarkID: "suite", algorithm: "gepa", auto: "light",
                    params: [:], budget: [:], seed: 1, requestedBy: "test"))
            let experiment = ExperimentID(UUID())
            try await workshop.store.trials.open([
                NewExperiment(
                    id: experiment, optimizationID: optimization, promptID: prompt, baselinePromptID: nil,
                    benchmarkID: "suite", kind: .gate, seed: 1)
            ])
            let task = TaskID.new()
            _ = try await workshop.store.trials.enter(
                [
                    NewTrial(
                        key: TrialKey(promptID: prompt, caseID: "h1", repetition: 0), experimentID: experiment,
                        taskID: task, submissionID: UUID(), pin: TaskPin(agentID: .ada, promptID: prompt),
                        metadata: [:], tries: 1)
                ], of: "suite")
            var named = TaskSubmitted(input: Self.input, taskID: task, category: .analysis)
            named.experimentID = experiment
            let assigned = try await workshop.assign(named)
            try await workshop.running([Executor.self]) {
                try await workshop.send(assigned)
                _ = try await workshop.posted(TaskCompleted.self, reaching: 1)
            }
            #expect(workshop.models.alpha.requests.first?.lastUserText == "the sealed words")
            #expect(try await workshop.store.tasks.load(task)?.input == Self.input)
        }
    }

    @Test("a task that is no trial of the case gets a clear refusal, and the agent is not asked")
    func refused() async throws {
        try await Workshop.open { workshop in
            try await Self.apply(to: workshop)
            var wanted = TaskSubmitted(input: Self.input, category: .analysis)
            wanted.experimentID = ExperimentID(UUID())
            let assigned = try await workshop.assign(wanted)
            try await workshop.running([Executor.self]) {
                try await workshop.send(assigned)
                let failed = try #require(try await workshop.posted(TaskFailed.self, reaching: 1).first).body
                #expect(failed.error.code == .invalidMessage && failed.error.message.contains("no trial of case h1"))
            }
            #expect(workshop.models.alpha.requests.isEmpty)
        }
    }

    @Test("without an experiment the input is what it says")
    func plain() async throws {
        try await Workshop.open { workshop in
            try await Self.apply(to: workshop)
            let assigned = try await workshop.assign(TaskSubmitted(input: Self.input, category: .analysis))
            try await workshop.running([Executor.self]) {
                try await workshop.send(assigned)
                _ = try await workshop.posted(TaskCompleted.self, reaching: 1)
            }
            #expect(workshop.models.alpha.requests.first?.lastUserText.contains("$case") == true)
        }
    }
}
