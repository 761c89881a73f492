import Foundation
import Postgres

extension Reconciler {
    /// The next causes of a hop after its mark, oldest first: a page of a thousand, and those dated like its last.
    ///
    /// Executions and reviews are read agent by agent, through the indexes that they have anyway.
    static func source(_ hop: Hop, _ until: Date) -> SQL {
        switch hop {
        case .open, .score: sourceOfExecutions("completed", hop, until)
        case .failure: sourceOfExecutions("failed", hop, until)
        case .end: sourceOfEnds(hop, until)
        case .reward, .plan: sourceOfScores(hop, until)
        case .review: sourceOfPlans(until)
        case .opinion: sourceOfReviews(until)
        }
    }

    private static func sourceOfExecutions(_ status: String, _ hop: Hop, _ until: Date) -> SQL {
        """
        select execution.task_id, execution.created_at as at
        from agents cross join lateral (
            select task_id, created_at from executions
            where executions.agent_id = agents.id
                and executions.created_at > (select passed from reconciler_marks where hop = \(hop)::text)
                and executions.created_at <= \(until)::timestamptz and executions.status = \(status)::text
            order by executions.created_at fetch first 1000 rows with ties
        ) as execution
        order by at fetch first 1000 rows with ties
        """
    }

    private static func sourceOfEnds(_ hop: Hop, _ until: Date) -> SQL {
        """
        select id as task_id, finished_at as at from agent_tasks
        where finished_at is not null and error_code is not null and told_at is null
            and finished_at > (select passed from reconciler_marks where hop = \(hop)::text)
            and finished_at <= \(until)::timestamptz
        order by at fetch first 1000 rows with ties
        """
    }

    private static func sourceOfScores(_ hop: Hop, _ until: Date) -> SQL {
        """
        select task_id, scored_at as at from agent_performance_scores
        where scored_at > (select passed from reconciler_marks where hop = \(hop)::text)
            and scored_at <= \(until)::timestamptz
        order by at fetch first 1000 rows with ties
        """
    }

    private static func sourceOfPlans(_ until: Date) -> SQL {
        """
        select task_id, planned_at as at from review_plans
        where cardinality(reviewers) > 0
            and planned_at > (select passed from reconciler_marks where hop = 'review')
            and planned_at <= \(until)::timestamptz
        order by at fetch first 1000 rows with ties
        """
    }

    private static func sourceOfReviews(_ until: Date) -> SQL {
        """
        select review.task_id, review.created_at as at
        from agents cross join lateral (
            select task_id, created_at from agent_peer_evaluations
            where evaluator_agent_id = agents.id
                and agent_peer_evaluations.created_at > (select passed from reconciler_marks where hop = 'opinion')
                and agent_peer_evaluations.created_at <= \(until)::timestamptz
            order by agent_peer_evaluations.created_at fetch first 1000 rows with ties
        ) as review
        order by at fetch first 1000 rows with ties
        """
    }
}
