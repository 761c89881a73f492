import Foundation
import HoneCore
import HoneStore
import Postgres
import TestServers

/// A database with a suite, and trials on its open and its sealed cases. What only the sealed ones say holds one word.
struct Vault {
    static let secret = "zanzibar"
    static let text = "The \(secret) is nine feet long and very pale today"

    let url: String
    let pool: PostgresPool
    let store: Store
    /// As the optimizer.
    let sealed: Store
    let optimization = OptimizationID(UUID())
    let experiment = ExperimentID(UUID())
    let prompt = NewPrompt(agentID: ada, template: PromptTemplate(system: "Answer."), actor: "test")
    let trial = TaskID.new()
    let openTrial = TaskID.new()

    /// `hone_optimizer` by the option of the connection, as services do.
    var underRole: String { "\(url)?options=-crole%3Dhone_optimizer" }
    /// A login that is nothing but a member of it.
    var ownLogin: String { url.replacing("postgres@", with: "\(Self.login)@") }

    private static let login = "seal_test_login"

    static func open(_ body: (Vault) async throws -> Void) async throws {
        let url = try await TestStore.url()
        let pool = try PostgresPool(url: url)
        var options = PoolOptions()
        options.connection.sessionSettings["role"] = HoldoutSeal.role
        let vault = Vault(url: url, pool: pool, store: Store(pool: pool), sealed: try Store(url: url, options: options))
        do {
            try await vault.fill()
            try await body(vault)
        } catch {
            await vault.close()
            throw error
        }
        await vault.close()
    }

    private func close() async {
        await store.close()
        await sealed.close()
    }

    func apply(_ cases: [BenchmarkCase], as id: String) async throws {
        _ = try await store.transaction { store in
            try await store.benchmarks.apply(Benchmark(id: id, category: analysis, cases: cases))
        }
    }

    private func fill() async throws {
        try await pool.withAdvisoryLock(7_263) { connection in
            _ = try await connection.execute(
                script: """
                    do $$ begin create role \(Self.login) login in role hone_optimizer;
                    exception when duplicate_object or unique_violation then null; end $$
                    """)
        }
        for name in [ada, bob] {
            _ = try await store.agents.apply(Agent(id: name, specialization: [analysis], model: .named("m1")))
        }
        _ = try await store.prompts.add(prompt)
        try await apply(
            [
                BenchmarkCase(id: "t1", input: "Is the train late?", expected: .choice("yes"), split: .train),
                BenchmarkCase(
                    id: "v1", input: "five six seven eight nine ten eleven twelve thirteen fourteen",
                    expected: .choice("no"), split: .validation),
                BenchmarkCase(
                    id: "h1", input: .string(Self.text), expected: .choice(Self.secret), split: .holdout, control: true),
                BenchmarkCase(
                    id: "h2", input: .string("Open the door of the \(Self.secret)"), expected: .choice(Self.secret),
                    split: .holdout),
            ], as: "suite")
        try await store.optimizations.queue(
            NewOptimization(
                id: optimization, agentID: ada, benchmarkID: "suite", algorithm: "gepa", auto: "light", params: [:],
                budget: [:], seed: 1, requestedBy: "test"))
        try await runTrials()
        try await evaluate()
    }

    func newTrial(of caseID: String, as task: TaskID = .new()) -> NewTrial {
        NewTrial(
            key: TrialKey(promptID: prompt.id, caseID: caseID, repetition: 0), experimentID: experiment, taskID: task,
            submissionID: UUID(), pin: TaskPin(agentID: ada, promptID: prompt.id), metadata: [:], tries: 1)
    }

    private func runTrials() async throws {
        try await store.trials.open([
            NewExperiment(
                id: experiment, optimizationID: optimization, promptID: prompt.id, baselinePromptID: nil,
                benchmarkID: "suite", kind: .gate, seed: 1)
        ])
        _ = try await store.trials.enter(
            [newTrial(of: "h1", as: trial), newTrial(of: "t1", as: openTrial)], of: "suite")
        try await finish(trial, output: .string(Self.secret))
        try await finish(openTrial, output: "yes")
        try await store.opine(on: trial)
    }

    /// Sealed cases leave their words in the tasks of evaluations.
    private func evaluate() async throws {
        let task = Submission(
            taskID: .new(), submissionID: UUID(), input: .string(Self.text), expected: .choice(Self.secret),
            experimentID: NewEvaluation.experiment(of: EvaluationID(optimization.uuid)))
        try await store.transaction { [prompt] store in
            try await store.evaluations.start(
                NewEvaluation(
                    id: EvaluationID(optimization.uuid), agentID: ada, promptID: prompt.id, benchmarkID: "suite",
                    split: nil, kind: .regular, requestedBy: "test", cases: [("h1", task)]))
        }
        try await finish(task.taskID, output: .string(Self.secret))
    }

    func complete(_ submission: Submission, output: JSONValue) async throws -> TaskID {
        _ = try await store.tasks.accept([submission])
        try await finish(submission.taskID, output: output)
        return submission.taskID
    }

    private func finish(_ task: TaskID, output: JSONValue) async throws {
        _ = try await store.tasks.route([.sample(task)])
        var record = ExecutionRecord.sample(task, result: .completed(output: output))
        record.toolCalls = output
        record.nodes[1].error = output.string
        _ = try await store.executions.record([record])
        var score = ScoreRecord.sample(task)
        score.feedback = "expected yes, found \(output.string ?? "")"
        score.experimentID = try await store.tasks.load(task)?.experimentID
        _ = try await store.scores.insert([score])
    }

    /// What the statements bring to light: the answer of the last, and what the server says where it refuses.
    func attack(_ attack: Attack, as url: String) async throws -> String {
        let connection = try await PostgresConnection.open(url: url)
        var found = ""
        do {
            for statement in attack.statements.dropLast() { try? await connection.execute(script: statement) }
            for statement in attack.statements.suffix(1) {
                found += try await connection.query(SQL(stringLiteral: statement), as: String?.self).map { $0 ?? "" }
                    .joined(separator: "\n")
            }
        } catch {
            found += "\(error)"
        }
        await connection.close()
        return found
    }
}

extension Store {
    /// Opinions of a task's work, with the secret in each.
    fileprivate func opine(on task: TaskID) async throws {
        let words = "it says \(Vault.secret)"
        _ = try await judgements.insert([
            JudgementRecord(
                id: UUID(), taskID: task, model: .named("m1"), purpose: .score, accuracy: 1, reason: words,
                cost: nil, durationSeconds: 1)
        ])
        _ = try await reviews.insert([
            ReviewRecord(
                taskID: task, evaluatedAgentID: ada, evaluatorAgentID: bob, score: 1, criteria: [:], feedback: words,
                model: nil, cost: nil, durationSeconds: 1)
        ])
        _ = try await feedback.insert([
            FeedbackRecord(id: UUID(), taskID: task, rating: 5, comment: words)
        ])
        _ = try await recordedCalls.keep(
            RecordedCallKey(
                requestHash: String(repeating: "a", count: 64), purpose: "task", work: "\(task)/1", ordinal: 0),
            model: "m1", request: "{\"text\": \"\(words)\"}", outcome: "{}", isFault: false)
    }
}
