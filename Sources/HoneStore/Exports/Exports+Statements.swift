import Foundation
import Postgres

extension Exports {
    static func rowsOfScores(_ from: Date?, _ to: Date?) -> SQL {
        """
        select task_id, agent_id, attempt, prompt_id, objective_category as category,
            task_complexity as complexity, accuracy_score, relevance_score, completeness_score, efficiency_score,
            overall_score, passed, feedback, evaluator_kind, evaluator_model, formula_version, user_rating,
            user_feedback, total_tokens, trim_scale(cost_micro_usd / 1e6) as cost_usd, cost_per_quality_point,
            model_used as model, temperature, duration_seconds, experiment_id, created_at
        from agent_performance_scores
        where (\(from)::timestamptz is null or created_at >= \(from)::timestamptz)
            and (\(to)::timestamptz is null or created_at <= \(to)::timestamptz)
        order by created_at, task_id
        """
    }

    static func rowsOfExecutions(_ from: Date?, _ to: Date?) -> SQL {
        """
        select task_id, attempt, agent_id, prompt_id, model, temperature, input_tokens, cached_input_tokens,
            output_tokens, llm_calls, trim_scale(cost_micro_usd / 1e6) as cost_usd, duration_seconds,
            time_to_first_token_seconds, finish_reason, status, error_code, error_message, retryable, final,
            created_at
        from executions
        where (\(from)::timestamptz is null or created_at >= \(from)::timestamptz)
            and (\(to)::timestamptz is null or created_at <= \(to)::timestamptz)
        order by created_at, task_id, attempt
        """
    }

    static func rowsOfRouting(_ from: Date?, _ to: Date?) -> SQL {
        """
        select id, task_id, attempt, agent_id, policy, candidates, scores, propensities, feature_names, features,
            reason, seed, created_at
        from routing_decisions
        where (\(from)::timestamptz is null or created_at >= \(from)::timestamptz)
            and (\(to)::timestamptz is null or created_at <= \(to)::timestamptz)
        order by created_at, task_id, attempt
        """
    }

    static func rowsOfRewards(_ from: Date?, _ to: Date?) -> SQL {
        """
        select task_id, agent_id, reward, penalty, points, attainable,
            points::double precision / nullif(attainable, 0) as share, created_at, updated_at
        from rewards
        where (\(from)::timestamptz is null or created_at >= \(from)::timestamptz)
            and (\(to)::timestamptz is null or created_at <= \(to)::timestamptz)
        order by created_at, task_id
        """
    }

    /// Whole days: those in which the time lies.
    static func rowsOfStatistics(_ from: Date?, _ to: Date?) -> SQL {
        """
        select agent_id, category, nullif(model, '') as model, day, sum(count)::bigint as count,
            sum(passed)::bigint as passed, sum(failed)::bigint as failed,
            sum(infrastructure_failures)::bigint as infrastructure_failures, sum(scored)::bigint as scored,
            trim_scale(sum(overall_sum) / 1e6) as overall_sum,
            trim_scale(sum(overall_squares) / 1e6) as overall_squares, sum(priced)::bigint as priced,
            trim_scale(sum(cost_micro_usd) / 1e6) as cost_usd,
            trim_scale(sum(duration_milliseconds) / 1e3) as duration_seconds, sum(tokens)::bigint as tokens,
            sum(ratings)::bigint as ratings, sum(rating_sum)::bigint as rating_sum
        from statistics_cells
        where (\(from)::timestamptz is null or day >= (\(from)::timestamptz at time zone 'UTC')::date)
            and (\(to)::timestamptz is null or day <= (\(to)::timestamptz at time zone 'UTC')::date)
        group by agent_id, category, statistics_cells.model, day
        order by day, agent_id, category, statistics_cells.model
        """
    }
}
