import Postgres

extension RecordInvariant {
    static let tasks = [
        RecordInvariant(
            "every accepted task reached a terminal state", .missing,
            """
            select format('%s is %s, attempt %s, failed attempt %s, since %s', id, status, attempt, failed_attempt,
                moved_at)
            from agent_tasks where status not in ('completed', 'failed', 'cancelled', 'expired')
            """),
        RecordInvariant(
            "a task is on record once", .duplicate,
            """
            select format('%s has %s rows', id, count(*)) from agent_tasks group by id having count(*) > 1
            """),
        RecordInvariant(
            "no task is on record that nobody published", .wrong,
            """
            select id::text from agent_tasks where id not in (select id from published)
            """),
        RecordInvariant(
            "the tasks that were meant to fail did, and no others", .wrong,
            """
            select format('%s is %s: %s', id, task.status, task.error_message)
            from agent_tasks as task join published using (id)
            where task.status not in ('submitted', 'routed', 'running')
                and (task.status = 'completed') is distinct from (kind not in ('refused', 'unroutable'))
            """),
        RecordInvariant(
            "every end without a result was told on the bus", .missing,
            """
            select format('%s is %s since %s', id, status, finished_at)
            from agent_tasks where status in ('failed', 'cancelled', 'expired') and told_at is null
            """),
    ]

    static let effects = [
        RecordInvariant(
            "a completed task was completed by exactly one attempt, its last", .duplicate,
            """
            select format('%s, attempt %s: completed by %s', task.id, task.attempt, by.attempts)
            from agent_tasks as task left join lateral (
                select coalesce(array_agg(attempt), '{}') as attempts from executions
                where task_id = task.id and executions.status = 'completed') as by on true
            where by.attempts <> case when task.status = 'completed' then array[task.attempt] else '{}' end
            """),
        RecordInvariant(
            "an attempt was recorded once", .duplicate,
            """
            select format('%s, attempt %s: %s rows', task_id, attempt, count(*))
            from executions group by task_id, attempt having count(*) > 1
            """),
        RecordInvariant(
            "every completed task has a score", .missing,
            """
            select id::text from agent_tasks as task
            where status = 'completed'
                and not exists (select from agent_performance_scores where task_id = task.id)
            """),
        RecordInvariant(
            "a completed task has one score", .duplicate,
            """
            select format('%s has %s scores', task_id, count(*))
            from agent_performance_scores group by task_id having count(*) > 1
            """),
        RecordInvariant(
            "only completed tasks have scores, and those of the attempt that completed them", .wrong,
            """
            select format('%s is %s, attempt %s by %s; scored: attempt %s by %s', task_id, status, task.attempt,
                task.agent_id, score.attempt, score.agent_id)
            from agent_performance_scores as score join agent_tasks as task on task.id = score.task_id
            where status <> 'completed' or (score.attempt, score.agent_id) is distinct from (task.attempt, task.agent_id)
            """),
        RecordInvariant(
            "a verdict decided a score once", .duplicate,
            """
            select format('%s has %s verdicts', task_id, count(*))
            from judgements where purpose = 'score' group by task_id having count(*) > 1
            """),
    ]
}
