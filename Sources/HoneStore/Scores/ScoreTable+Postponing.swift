public import HoneCore
import Postgres

extension ScoreTable {
    /// Lets the judgement of a task wait until a day (`2026-11-21`, UTC).
    public func postponeJudgement(of task: TaskID, until day: String) async throws {
        try await executor.run(
            """
            update agent_performance_scores set judgement_due = \(day)::date
            where task_id = \(task)::uuid and awaits_judgement
            """)
    }

    /// Tasks whose judgement was to wait until `day` or earlier, each handed out once a day, for a week.
    public func takeDueJudgements(on day: String, limit: Int = 256) async throws -> [TaskID] {
        try await executor.query(
            """
            update agent_performance_scores as score set judgement_due = \(day)::date + 1
            from (
                select task_id from agent_performance_scores
                where awaits_judgement and judgement_due <= \(day)::date and scored_at > now() - interval '7 days'
                order by judgement_due, task_id limit \(limit)::bigint for no key update skip locked
            ) as due
            where score.task_id = due.task_id
            returning score.task_id
            """, as: TaskID.self)
    }
}
