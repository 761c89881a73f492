import Postgres

extension RecordInvariant {
    static let statistics = [
        RecordInvariant(
            "the statistics are what a recount of scores and failures finds", .wrong,
            """
            select format('%s: counted %s, recounted %s', key, counted.sums, recounted.sums)
            from (
                select (agent_id, category, complexity, model, day)::text as key,
                    row(\(fragment: counters))::text as sums
                from statistics_cells
                where (\(fragment: counters)) is distinct from (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
            ) as counted full join (
                select (agent_id, category, complexity, model, day)::text as key, row(\(fragment: sums))::text as sums
                from (\(fragment: observations)) as observation
                group by agent_id, category, complexity, model, day
            ) as recounted using (key)
            where counted.sums is distinct from recounted.sums
            """),
        RecordInvariant(
            "the published leaderboard agrees with the statistics", .wrong,
            """
            select format('%s: published (%s, %s, %s, %s, %s, %s), counted (%s, %s, %s, %s, %s, %s)', id,
                board.total_tasks, board.successful_tasks, board.failed_tasks, board.total_cost_micro_usd, board.points,
                board.avg_overall_score, cell.total, cell.total - cell.failed - cell.infrastructure, cell.failed,
                cell.cost, coalesce(point.points, 0), cell.mean)
            from agents
            left join agent_performance_stats as board on board.agent_id = agents.id
            left join agent_points as point on point.agent_id = agents.id
            left join lateral (
                select coalesce(sum(count), 0) as total, coalesce(sum(failed), 0) as failed,
                    coalesce(sum(infrastructure_failures), 0) as infrastructure,
                    coalesce(sum(cost_micro_usd), 0) as cost,
                    sum(overall_sum)::double precision / 1e6 / nullif(sum(scored), 0) as mean
                from statistics_cells where agent_id = agents.id) as cell on true
            where board.agent_id is null
                or (board.total_tasks, board.successful_tasks, board.failed_tasks, board.total_cost_micro_usd,
                    board.points)
                    is distinct from (cell.total, cell.total - cell.failed - cell.infrastructure, cell.failed,
                        cell.cost, coalesce(point.points, 0))
                or abs(coalesce(board.avg_overall_score, -1) - coalesce(cell.mean, -1)) > 1e-9
            """),
    ]

    private static let counters: SQL = """
        count, passed, failed, infrastructure_failures, scored, overall_sum, overall_squares, priced,
            priced_overall_sum, cost_micro_usd, duration_milliseconds, tokens, ratings, rating_sum
        """

    private static let sums: SQL = """
        count(*), sum(passed), sum(failed), sum(infrastructure), sum(scored), sum(overall), sum(square), sum(priced),
            sum(case when priced = 1 then overall else 0 end), sum(cost), sum(duration), sum(tokens), sum(rated),
            sum(rating)
        """

    /// One row per scored task and per failed attempt, each with what it adds. Scores are rounded to millionths, halves
    /// up, before they are added.
    private static let observations: SQL = """
        select score.agent_id, coalesce(objective_category, task.category, 'unclassified') as category,
            coalesce(task_complexity, 0) as complexity, coalesce(model_used, '') as model,
            (score.created_at at time zone 'UTC')::date as day,
            (passed is true)::integer as passed, 0 as failed, 0 as infrastructure,
            (overall_score is not null)::integer as scored,
            coalesce(floor(overall_score * 1000000 + 0.5), 0)::bigint as overall,
            coalesce(floor(overall_score * overall_score * 1000000 + 0.5), 0)::bigint as square,
            (cost_micro_usd is not null)::integer as priced, coalesce(cost_micro_usd, 0) as cost,
            floor(duration_seconds * 1000 + 0.5)::bigint as duration, total_tokens as tokens,
            (rated.rating is not null)::integer as rated, coalesce(rated.rating, 0) as rating
        from agent_performance_scores as score join agent_tasks as task on task.id = score.task_id
        left join lateral (
            select rating from user_feedback where user_feedback.task_id = score.task_id
            order by created_at desc, id limit 1) as rated on true
        where task.experiment_id is null and score.experiment_id is null
        union all
        select execution.agent_id, coalesce(task.category, 'unclassified'), coalesce(task.complexity, 0),
            coalesce(execution.model, ''),
            (execution.created_at at time zone 'UTC')::date, 0, blamed.is_agent, 1 - blamed.is_agent, blamed.is_agent, 0,
            0, (cost_micro_usd is not null)::integer, coalesce(cost_micro_usd, 0),
            floor(duration_seconds * 1000 + 0.5)::bigint, input_tokens + output_tokens, 0, 0
        from executions as execution join agent_tasks as task on task.id = execution.task_id
        cross join lateral (
            select (execution.error_code in (
                'model_rate_limited', 'model_error', 'cost_cap_exceeded', 'tool_error', 'timeout',
                'deadline_exceeded'))::integer as is_agent) as blamed
        where execution.status = 'failed' and task.experiment_id is null
        """
}
