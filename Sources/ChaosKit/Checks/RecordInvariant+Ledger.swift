import Postgres

extension RecordInvariant {
    static let reviews = [
        RecordInvariant(
            "a reviewer reviewed a task once", .duplicate,
            """
            select format('%s by %s: %s times', task_id, evaluator_agent_id, count(*))
            from agent_peer_evaluations group by task_id, evaluator_agent_id having count(*) > 1
            """),
        RecordInvariant(
            "only scored tasks were reviewed, and nobody reviewed their own", .wrong,
            """
            select format('%s by %s', review.task_id, evaluator_agent_id)
            from agent_peer_evaluations as review
            left join agent_performance_scores as score on score.task_id = review.task_id
            where score.task_id is null or evaluator_agent_id = score.agent_id
                or evaluated_agent_id is distinct from score.agent_id
            """),
    ]

    /// What must hold where ``plans`` says that somebody wrote down who was due.
    static let plannedReviews = [
        RecordInvariant(
            "every reviewer who was due has reviewed", .missing,
            """
            select format('%s by %s', plan.task_id, reviewer)
            from review_plans as plan cross join unnest(plan.reviewers) as reviewer
            where not exists (
                select from agent_peer_evaluations as review
                where review.task_id = plan.task_id and review.evaluator_agent_id = reviewer)
            """),
        RecordInvariant(
            "nobody reviewed who was not due", .wrong,
            """
            select format('%s by %s', review.task_id, evaluator_agent_id)
            from agent_peer_evaluations as review
            where not exists (
                select from review_plans as plan
                where plan.task_id = review.task_id and evaluator_agent_id = any(plan.reviewers || plan.absent))
            """),
    ]

    /// Whether there is a table that says who was due to review what.
    static let plans: SQL = """
        select to_regclass('review_plans') is not null
        """

    /// Tasks that an agent is answerable for: scored, or failed with its last attempt on record.
    private static let counted: SQL = """
        select task.id from agent_tasks as task
        left join executions as execution on execution.task_id = task.id and execution.attempt = task.attempt
        where task.experiment_id is null and task.agent_id is not null
            and (exists (select from agent_performance_scores where task_id = task.id)
                or task.status in ('failed', 'expired') and execution.status = 'failed')
        """

    static let ledger = [
        RecordInvariant(
            "every counted task is in the ledger", .missing,
            """
            select id::text from (\(fragment: counted)) as counted
            where not exists (select from rewards where task_id = counted.id)
            """),
        RecordInvariant(
            "a counted task has one ledger row", .duplicate,
            """
            select format('%s has %s rows', task_id, count(*)) from rewards group by task_id having count(*) > 1
            """),
        RecordInvariant(
            "nothing else is in the ledger", .wrong,
            """
            select task_id::text from rewards where task_id not in (\(fragment: counted))
            """),
        RecordInvariant(
            "every failed attempt is counted", .missing,
            """
            select format('%s, attempt %s: %s', task_id, execution.attempt, execution.error_code)
            from executions as execution join agent_tasks as task on task.id = task_id
            where execution.status = 'failed' and not counted and experiment_id is null
            """),
        RecordInvariant(
            "agents' points are the sum of the ledger", .wrong,
            """
            select format('%s has %s of %s, the ledger %s of %s', coalesce(total.agent_id, sums.agent_id), total.points,
                total.attainable, sums.points, sums.attainable)
            from agent_points as total full join (
                select agent_id, sum(reward - penalty) as points, sum(attainable) as attainable
                from rewards group by agent_id) as sums on sums.agent_id = total.agent_id
            where (coalesce(total.points, 0), coalesce(total.attainable, 0))
                is distinct from (coalesce(sums.points, 0), coalesce(sums.attainable, 0))
            """),
    ]
}
