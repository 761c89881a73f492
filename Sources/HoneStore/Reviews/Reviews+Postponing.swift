public import HoneCore
import Postgres

extension Reviews {
    /// Lets a review wait until a day (`2026-11-21`, UTC): till then nobody expects it.
    public func postpone(_ reviewer: AgentID, from task: TaskID, until day: String) async throws {
        try await executor.run(
            """
            update review_plans
            set reviewers = array_remove(reviewers, \(reviewer)::text), owed = owed || \(reviewer)::text,
                owed_from = \(day)::date
            where task_id = \(task)::uuid and \(reviewer)::text = any(reviewers)
            """)
    }

    /// Tasks whose reviews were to wait until `day` or earlier: they are expected again, for a week.
    public func takeDue(on day: String, limit: Int = 256) async throws -> [TaskID] {
        try await executor.query(
            """
            update review_plans as plan set reviewers = plan.reviewers || plan.owed, owed = '{}', owed_from = null
            from (
                select task_id from review_plans
                where owed_from <= \(day)::date and planned_at > now() - interval '7 days'
                order by owed_from, task_id limit \(limit)::bigint for no key update skip locked
            ) as due
            where plan.task_id = due.task_id
            returning plan.task_id
            """, as: TaskID.self)
    }
}
