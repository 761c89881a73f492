import HoneCore
import Postgres

/// Trials of optimizations: `experiments`, their `experiment_results`, and the tasks that do them.
public struct Trials: Sendable {
    let executor: any SQLExecutor

    /// In the batch lane: nobody waits for it.
    public static let priority = 1

    /// Opens experiments that are not there. Before any task of theirs: from then on their calls keep the optimization's
    /// budget.
    public func open(_ experiments: [NewExperiment]) async throws {
        guard !experiments.isEmpty else { return }
        try await executor.run(
            """
            insert into experiments (id, optimization_id, prompt_id, baseline_prompt_id, benchmark_id, kind, seed)
            select id, optimization_id, prompt_id, nullif(baseline_id, prompt_id), benchmark_id, kind, seed
            from unnest(
                \(experiments.map(\.id))::uuid[], \(experiments.map(\.optimizationID))::uuid[],
                \(experiments.map(\.promptID))::uuid[], \(experiments.map(\.baselinePromptID))::uuid[],
                \(experiments.map(\.benchmarkID))::text[], \(experiments.map(\.kind.rawValue))::text[],
                \(experiments.map(\.seed))::bigint[]
            ) as given (id, optimization_id, prompt_id, baseline_id, benchmark_id, kind, seed)
            on conflict (id) do nothing
            """)
    }

    /// Puts trials on record with a task each, and tells which task does each of them now: that of an earlier call, or
    /// of a later try, stays. Cases that the benchmark does not have are left out. Run it in a transaction.
    public func enter(_ trials: [NewTrial], of benchmark: String) async throws -> [EnteredTrial] {
        guard !trials.isEmpty else { return [] }
        try await addTasks(trials, benchmark)
        try await executor.run(
            """
            insert into experiment_results as known (
                experiment_id, benchmark_id, case_id, prompt_id, repetition, task_id, tries)
            select given.experiment_id, \(benchmark)::text, case_id, given.prompt_id, repetition, task.id, tries
            from unnest(
                \(trials.map(\.experimentID))::uuid[], \(trials.map(\.key.caseID))::text[],
                \(trials.map(\.key.promptID))::uuid[], \(trials.map(\.key.repetition))::integer[],
                \(trials.map(\.taskID))::uuid[], \(trials.map(\.tries))::integer[]
            ) as given (experiment_id, case_id, prompt_id, repetition, task_id, tries)
            join trial_tasks as task on task.id = given.task_id
            on conflict (experiment_id, benchmark_id, case_id, prompt_id, repetition) do update
            set task_id = excluded.task_id, tries = excluded.tries
            where known.tries < excluded.tries
            """)
        return try await entered(trials, benchmark)
    }

    /// The input names the case, which whoever enters it need not be able to read.
    private func addTasks(_ trials: [NewTrial], _ benchmark: String) async throws {
        try await executor.run(
            """
            insert into agent_tasks (
                id, submission_id, content_hash, category, priority, input, expected, pin, metadata, experiment_id)
            select given.id, submission_id, given.id, suite.category, \(Self.priority)::integer, input::jsonb, null,
                pin::jsonb, metadata::jsonb, experiment_id
            from unnest(
                \(trials.map(\.taskID))::uuid[], \(trials.map(\.submissionID))::uuid[],
                \(trials.map(\.key.caseID))::text[],
                \(trials.map { JSONText(CaseReference(benchmark: benchmark, id: $0.key.caseID).input) })::text[],
                \(trials.map { JSONText($0.pin) })::text[], \(trials.map { JSONText($0.metadata) })::text[],
                \(trials.map(\.experimentID))::uuid[]
            ) as given (id, submission_id, case_id, input, pin, metadata, experiment_id)
            join benchmarks as suite on suite.id = \(benchmark)::text
            join (
                select id from benchmark_cases where benchmark_id = \(benchmark)::text
                union select id from holdout_cases(\(benchmark)::text)
            ) as item on item.id = given.case_id
            order by given.id
            on conflict do nothing
            """)
    }

    private func entered(_ trials: [NewTrial], _ benchmark: String) async throws -> [EnteredTrial] {
        try await executor.query(
            """
            select result.prompt_id as "promptID", result.case_id as "caseID", result.repetition,
                task.id as "taskID", task.submission_id as "submissionID", result.experiment_id as "experimentID",
                result.tries, task.status = 'submitted' as "isWaiting"
            from unnest(
                \(trials.map(\.experimentID))::uuid[], \(trials.map(\.key.caseID))::text[],
                \(trials.map(\.key.promptID))::uuid[], \(trials.map(\.key.repetition))::integer[]
            ) as given (experiment_id, case_id, prompt_id, repetition)
            join experiment_results as result using (experiment_id, case_id, prompt_id, repetition)
            join trial_tasks as task on task.id = result.task_id
            where result.benchmark_id = \(benchmark)::text
            """, as: EnteredTrial.self)
    }
}
