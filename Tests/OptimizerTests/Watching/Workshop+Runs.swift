import BusTestKit
import Foundation
import HoneBus
import HoneCore
import HoneStore
import HoneTestKit
import Logging
import Postgres

let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

/// A run for an agent to have had.
struct StagedRun {
    var agent = AgentID.ada
    var passed: Bool? = true
    var fault: TaskFault?
    var feedback: String?
    var node: String?
    var cost: MicroUSD? = MicroUSD(1_000)
    var category = HoneCore.Category.analysis
    var experiment: ExperimentID?
}

extension Workshop {
    /// Puts finished runs on record, as the services would.
    @discardableResult
    func stage(_ runs: [StagedRun]) async throws -> [TaskID] {
        var tasks: [TaskID] = []
        for run in runs { tasks.append(try await stage(run)) }
        return tasks
    }

    private func stage(_ run: StagedRun) async throws -> TaskID {
        let task = TaskID.new()
        _ = try await store.tasks.accept([
            Submission(
                taskID: task, submissionID: UUID(), input: "Is it good?", category: run.category, complexity: 2,
                experimentID: run.experiment)
        ])
        _ = try await store.tasks.route([
            Route(
                taskID: task, attempt: 1, agentID: run.agent, promptID: nil,
                decision: DecisionRecord(
                    id: RoutingDecisionID(derivedFrom: task, "decision"), policy: "greedy", candidates: [run.agent],
                    scores: [1], propensities: [1], featureNames: [], features: [], reason: "staged", seed: 1))
        ])
        try await execute(task, run)
        if run.fault == nil { try await score(task, run) }
        return task
    }

    private func execute(_ task: TaskID, _ run: StagedRun) async throws {
        let nodes = run.node.map { [NodeRecord(name: $0, durationSeconds: 1, success: false, error: "no")] } ?? []
        _ = try await store.executions.record([
            ExecutionRecord(
                taskID: task, attempt: 1, agentID: run.agent, model: .alpha, temperature: 0,
                usage: TokenUsage(inputTokens: 10, outputTokens: 2, llmCalls: 1), cost: run.cost, durationSeconds: 1,
                finishReason: "stop", nodes: nodes,
                result: run.fault.map { .failed($0, final: true) } ?? .completed(output: "yes"))
        ])
    }

    private func score(_ task: TaskID, _ run: StagedRun) async throws {
        let accuracy = run.passed.map { $0 ? 1.0 : 0 }
        _ = try await store.scores.insert([
            ScoreRecord(
                taskID: task, agentID: run.agent, attempt: 1, category: run.category, complexity: 2,
                scores: Scores(accuracy: accuracy, overall: accuracy), formulaVersion: 1, passed: run.passed,
                feedback: run.feedback, evaluatorKind: .check, totalTokens: 12, cost: run.cost,
                costPerQualityPoint: nil, model: .alpha, durationSeconds: 1, experimentID: run.experiment)
        ])
    }

    /// Lets a reviewer say something of work.
    func review(_ task: TaskID, by reviewer: AgentID, score: Double, _ feedback: String = "") async throws {
        _ = try await store.reviews.insert([
            ReviewRecord(
                taskID: task, evaluatedAgentID: .ada, evaluatorAgentID: reviewer, score: score, criteria: [:],
                feedback: feedback, model: nil, cost: nil, durationSeconds: 1)
        ])
    }

    /// A suite of one case.
    func addSuite(_ id: String, _ category: HoneCore.Category = .analysis) async throws {
        try await store.transaction { store in
            _ = try await store.benchmarks.apply(
                Benchmark(
                    id: id, category: category,
                    cases: [BenchmarkCase(id: "1", input: "x", expected: .choice("y"), split: .train)]))
        }
    }

    /// Ends what is under way.
    func endOptimizations(at time: Date = Date()) async throws {
        try await database.pool.run(
            "update optimizations set status = 'completed', completed_at = \(time)::timestamptz")
    }
}

/// A bus that is away.
struct AwayPublisher: Publisher {
    struct Away: Error {}

    func publish(_ publications: [Publication]) async throws { throw Away() }
}
