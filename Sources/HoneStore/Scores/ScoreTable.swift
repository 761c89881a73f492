public import HoneCore
import Postgres

/// `agent_performance_scores`: one row of scores per task.
public struct ScoreTable: Sendable {
    let executor: any SQLExecutor

    /// The finished work of these tasks; tasks that are not completed are left out. A trial has its case's input.
    public func work(of ids: [TaskID]) async throws -> [FinishedWork] {
        let works = try await stored(ids)
        let trials = works.filter { $0.experimentID != nil && CaseReference($0.input) != nil }
        guard !trials.isEmpty else { return works }
        let cases = try await Benchmarks(executor: executor).cases(ofTrials: trials.map(\.taskID))
        return works.map { work in cases[work.taskID].map(work.opened) ?? work }
    }

    private func stored(_ ids: [TaskID]) async throws -> [FinishedWork] {
        try await executor.query(
            """
            select task.id as "taskID", task.status, task.attempt, execution.agent_id as "agentID",
                execution.prompt_id as "promptID", execution.model, execution.temperature, task.category,
                task.complexity, task.priority, task.input, task.output, task.expected, execution.input_tokens,
                execution.output_tokens, execution.cost_micro_usd, execution.duration_seconds,
                task.experiment_id as "experimentID", task.user_id as "userID", task.reply_to, task.traceparent,
                task.metadata, task.created_at, task.finished_at
            from agent_tasks as task
            join executions as execution on execution.task_id = task.id and execution.attempt = task.attempt
            where task.id = any(\(ids)::uuid[]) and task.status = 'completed'
            """, as: FinishedWork.self)
    }

    /// The scores of these tasks; tasks without any are left out.
    public func load(_ ids: [TaskID]) async throws -> [ScoreRecord] {
        guard !ids.isEmpty else { return [] }
        return try await executor.query(
            """
            select task_id as "taskID", agent_id as "agentID", attempt, prompt_id as "promptID",
                objective_category as category, task_complexity as complexity,
                jsonb_build_object(
                    'accuracy', accuracy_score, 'relevance', relevance_score, 'completeness', completeness_score,
                    'efficiency', efficiency_score, 'overall', overall_score) as scores,
                weights, formula_version, passed, feedback, evaluator_kind, evaluator_model, awaits_judgement,
                total_tokens, cost_micro_usd as cost, cost_per_quality_point, model_used as model, temperature,
                duration_seconds, experiment_id as "experimentID", created_at, user_rating
            from agent_performance_scores where task_id = any(\(ids)::uuid[])
            """, as: ScoreRecord.self)
    }

    /// Writes scores; a task that has some keeps them.
    public func insert(_ scores: [ScoreRecord]) async throws -> ScoreInsertion {
        guard !scores.isEmpty else { return ScoreInsertion(inserted: [], stored: [:]) }
        let written = Dictionary(try await write(scores).map { ($0.taskID, $0) }) { first, _ in first }
        let known = try await load(scores.map(\.taskID).filter { written[$0] == nil })
        let fresh = scores.compactMap { score in written[score.taskID].map { score.written(as: $0) } }
        return ScoreInsertion(
            inserted: Set(written.keys),
            stored: Dictionary((known + fresh).map { ($0.taskID, $0) }) { first, _ in first })
    }
}
