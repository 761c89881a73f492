import Postgres

extension Reconciler {
    /// Those of a page's tasks that lack the hop's effect, each once. `patient` says that the effect may be more than one
    /// message away, `held` that the task is somebody else's concern for now.
    ///
    /// The page is small; single look-ups keep the planner from reading whole tables for it.
    static func missing(_ hop: Hop, of page: SQL) -> SQL {
        switch hop {
        case .open, .score: missingScore(page)
        case .failure: missingCount(page)
        case .end: missingWord(page)
        case .reward: missingReward(page)
        case .plan: missingPlan(page)
        case .review: missingReview(page)
        case .opinion: missingHearing(page)
        }
    }

    /// Without a known answer a judge is asked, which is a second message.
    private static func missingScore(_ page: SQL) -> SQL {
        """
        select distinct page.task_id, task.expected is null as patient, false as held
        from (\(fragment: page)) as page join agent_tasks as task on task.id = page.task_id
        where task.status = 'completed'
            and (select true from agent_performance_scores as score where score.task_id = page.task_id) is null
        """
    }

    /// While the task waits for another agent nobody knows whether this attempt ends it.
    private static func missingCount(_ page: SQL) -> SQL {
        """
        select page.task_id, bool_and(task.finished_at is null and execution.counted) as patient,
            bool_and(task.finished_at is null and execution.counted) as held
        from (select distinct task_id from (\(fragment: page)) as tasks) as page
        join agent_tasks as task on task.id = page.task_id
        join executions as execution on execution.task_id = page.task_id and execution.status = 'failed'
        where not execution.counted
            or execution.attempt = task.attempt and task.experiment_id is null
                and (task.finished_at is null and task.failed_attempt = task.attempt
                    or task.status in ('failed', 'expired')
                        and (select true from rewards as reward where reward.task_id = page.task_id) is null)
        group by page.task_id
        """
    }

    /// Watched for a while first: what is told twice reaches people's publishers twice.
    private static func missingWord(_ page: SQL) -> SQL {
        """
        select distinct page.task_id, true as patient, false as held
        from (\(fragment: page)) as page join agent_tasks as task on task.id = page.task_id
        where task.told_at is null
        """
    }

    private static func missingReward(_ page: SQL) -> SQL {
        """
        select distinct page.task_id, false as patient, false as held
        from (\(fragment: page)) as page
        join agent_performance_scores as score on score.task_id = page.task_id
        join agent_tasks as task on task.id = page.task_id
        where score.experiment_id is null and task.experiment_id is null
            and (select true from rewards as reward where reward.task_id = page.task_id) is null
        """
    }

    private static func missingPlan(_ page: SQL) -> SQL {
        """
        select distinct page.task_id, false as patient, false as held
        from (\(fragment: page)) as page
        where (select true from review_plans as plan where plan.task_id = page.task_id) is null
        """
    }

    private static func missingReview(_ page: SQL) -> SQL {
        """
        select distinct page.task_id, false as patient, false as held
        from (\(fragment: page)) as page join review_plans as plan on plan.task_id = page.task_id
        where cardinality(plan.reviewers) > (
            select count(*) from agent_peer_evaluations as review
            where review.task_id = page.task_id and review.evaluator_agent_id = any(plan.reviewers))
        """
    }

    /// A task without a ledger row is another hop's concern.
    private static func missingHearing(_ page: SQL) -> SQL {
        """
        select distinct page.task_id, false as patient, false as held
        from (\(fragment: page)) as page join rewards as reward on reward.task_id = page.task_id
        where reward.counted_opinions <> (
            select count(*) from agent_peer_evaluations as review
            where review.task_id = page.task_id and review.evaluation_score is not null)
        """
    }
}
