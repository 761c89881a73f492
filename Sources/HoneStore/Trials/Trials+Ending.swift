public import HoneCore
import Postgres

extension Trials {
    /// Those of these tasks that are over: they failed, or their score is there.
    public func endings(of tasks: [TaskID]) async throws -> [TrialEnding] {
        guard !tasks.isEmpty else { return [] }
        return try await executor.query(
            """
            select task_id as "taskID", status, error_code, error_message, accuracy_score as accuracy,
                relevance_score as relevance, completeness_score as completeness, passed, awaits_judgement,
                case when awaits_judgement then feedback end as feedback, cost_micro_usd as cost,
                spent_micro_usd as spent, duration_seconds
            from trial_endings where task_id = any(\(tasks)::uuid[])
            """, as: TrialEnding.self)
    }

    /// Keeps how trials ended.
    public func record(_ entries: [TrialEntry]) async throws {
        guard !entries.isEmpty else { return }
        try await executor.run(
            """
            update experiment_results as result
            set passed = given.passed, score = given.score, cost_micro_usd = given.cost,
                duration_seconds = given.seconds, error_code = given.code, error_message = given.message
            from unnest(
                \(entries.map(\.taskID))::uuid[], \(entries.map(\.passed))::boolean[],
                \(entries.map(\.score))::double precision[], \(entries.map(\.cost))::bigint[],
                \(entries.map(\.durationSeconds))::double precision[], \(entries.map { $0.fault?.code })::text[],
                \(entries.map { $0.fault?.message.storable })::text[]
            ) as given (task_id, passed, score, cost, seconds, code, message)
            where result.task_id = given.task_id
            """)
    }

    /// Ends the tasks of an optimization that are not over, so that nothing more is spent on it. Returns how many.
    @discardableResult
    public func withdraw(_ optimization: OptimizationID, because fault: TaskFault) async throws -> Int {
        try await executor.first(
            """
            select withdraw_trials(
                \(optimization)::uuid, \(TaskStatus(endingWith: fault.code))::text, \(fault.code)::text,
                \(fault.message.storable)::text) as withdrawn
            """, as: Int.self) ?? 0
    }

    /// Ends an optimization's experiments, each with what its trials came to. A gate that is open is never decided.
    public func close(_ optimization: OptimizationID, as status: String) async throws {
        try await executor.run(
            """
            update experiments set status = 'cancelled', completed_at = now()
            where optimization_id = \(optimization)::uuid and status = 'running' and kind = 'gate'
            """)
        try await executor.run(
            """
            update experiments as experiment
            set status = \(status)::text, completed_at = now(), results = jsonb_build_object(
                'trials', total.trials, 'success_rate', total.success, 'success_rate_error', total.success_error,
                'mean_score', total.score, 'mean_score_error', total.score_error,
                'mean_cost_usd', total.cost / 1e6, 'mean_cost_usd_error', total.cost_error / 1e6,
                'mean_seconds', total.seconds, 'mean_seconds_error', total.seconds_error)
            from (
                select experiment.id, count(result.score) as trials,
                    avg(result.passed::integer)::double precision as success,
                    stddev_samp(result.passed::integer) / sqrt(nullif(count(result.passed), 0)) as success_error,
                    avg(result.score) as score,
                    stddev_samp(result.score) / sqrt(nullif(count(result.score), 0)) as score_error,
                    avg(result.cost_micro_usd)::double precision as cost,
                    (stddev_samp(result.cost_micro_usd) / sqrt(nullif(count(result.cost_micro_usd), 0)))
                        ::double precision as cost_error,
                    avg(result.duration_seconds) as seconds,
                    stddev_samp(result.duration_seconds) / sqrt(nullif(count(result.duration_seconds), 0))
                        as seconds_error
                from experiments as experiment
                left join experiment_results as result on result.experiment_id = experiment.id
                where experiment.optimization_id = \(optimization)::uuid and experiment.status = 'running'
                    and experiment.kind in ('trial', 'validation')
                group by experiment.id
            ) as total where total.id = experiment.id
            """)
    }
}
