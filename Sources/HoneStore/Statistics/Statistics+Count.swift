import HoneCore
public import HoneIntelligence
import Postgres

extension Statistics {
    /// Marks failed attempts as counted and returns what is to be counted of those that were not: each is returned
    /// exactly once, whoever races. Merge it in the same transaction.
    public func countFailures(_ attempts: [AttemptKey]) async throws -> [TaskObservation] {
        guard !attempts.isEmpty else { return [] }
        return try await executor.query(
            """
            update executions as execution set counted = true
            from agent_tasks as task
            where task.id = execution.task_id and execution.status = 'failed' and not execution.counted
                and (execution.task_id, execution.attempt) in (
                    select * from unnest(\(attempts.map(\.taskID))::uuid[], \(attempts.map(\.attempt))::integer[]))
            returning execution.task_id as "taskID", execution.attempt, execution.agent_id as "agentID",
                coalesce(task.category, 'unclassified') as category, task.complexity, execution.model,
                execution.error_code, execution.cost_micro_usd as cost, execution.duration_seconds,
                execution.input_tokens + execution.output_tokens as total_tokens,
                task.experiment_id as "experimentID", execution.created_at as ended_at
            """, as: FailureRow.self
        ).compactMap(\.observation)
    }

    /// Counts everything anew from the tables, a page at a time: what the cells must be equal to whenever no message is
    /// under way. For a consistent answer run it, and ``table()``, in one repeatable-read transaction.
    public func recount(page: Int = 10_000) async throws -> StatisticsTable {
        var table = StatisticsTable()
        var last: TaskID?
        repeat {
            let rows = try await scoredTasks(after: last, limit: page)
            rows.compactMap(\.counted).forEach { table.add($0) }
            last = rows.count == page ? rows.last?.taskID : nil
        } while last != nil
        var lastFailure: FailureRow?
        repeat {
            let rows = try await failures(after: lastFailure, limit: page)
            rows.compactMap(\.observation).forEach { table.add($0) }
            lastFailure = rows.count == page ? rows.last : nil
        } while lastFailure != nil
        return table
    }

    /// Tasks in the ledger, with the scores and ratings of today in place of what was counted.
    private func scoredTasks(after task: TaskID?, limit: Int) async throws -> [LedgerEvidence] {
        try await executor.query(
            """
            select score.task_id as "taskID", 'completed' as status, score.agent_id as "agentID",
                coalesce(score.objective_category, task.category, 'unclassified') as category,
                score.task_complexity as complexity, score.model_used as model,
                null::text as error_code, true as "isScored", score.overall_score as overall, score.passed,
                score.cost_micro_usd as cost, score.duration_seconds, score.total_tokens, rated.rating,
                '[]'::jsonb as opinions, score.created_at as ended_at,
                true as "isInLedger", score.overall_score as counted_overall, score.passed as counted_passed,
                rated.rating as counted_rating, null::bigint as reference_cost, null::bigint as reference_duration
            from agent_performance_scores as score
            join rewards as reward on reward.task_id = score.task_id
            join agent_tasks as task on task.id = score.task_id
            left join lateral (
                select rating from user_feedback where user_feedback.task_id = score.task_id
                order by created_at desc, id limit 1) as rated on true
            where score.task_id > coalesce(\(task)::uuid, '00000000-0000-0000-0000-000000000000')
                and task.experiment_id is null and score.experiment_id is null
            order by score.task_id limit \(limit)::bigint
            """, as: LedgerEvidence.self)
    }

    private func failures(after last: FailureRow?, limit: Int) async throws -> [FailureRow] {
        try await executor.query(
            """
            select execution.task_id as "taskID", execution.attempt, execution.agent_id as "agentID",
                coalesce(task.category, 'unclassified') as category, task.complexity, execution.model,
                execution.error_code, execution.cost_micro_usd as cost, execution.duration_seconds,
                execution.input_tokens + execution.output_tokens as total_tokens,
                task.experiment_id as "experimentID", execution.created_at as ended_at
            from executions as execution join agent_tasks as task on task.id = execution.task_id
            where execution.counted and execution.status = 'failed'
                and (execution.task_id, execution.attempt)
                    > (coalesce(\(last?.taskID)::uuid, '00000000-0000-0000-0000-000000000000'),
                        coalesce(\(last?.attempt)::integer, 0))
            order by execution.task_id, execution.attempt limit \(limit)::bigint
            """, as: FailureRow.self)
    }
}
