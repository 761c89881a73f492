public import HoneCore
import HoneIntelligence
import Postgres

/// An agent's points, and what it could have earned with the evidence there was.
public struct PointTotal: Sendable, Hashable {
    public var points: Int64
    public var attainable: Int64
}

/// `rewards`: one ledger row per task, rewritten when more is known.
public struct Rewards: Sendable {
    let executor: any SQLExecutor

    /// What is known of these tasks. Left out are those that have not ended, those that ended without an agent's doing,
    /// and trials of experiments, which neither earn nor count.
    ///
    /// Locks the tasks until the transaction ends, so that of two rewrites the second sees the first. Call it in the
    /// transaction that writes.
    public func evidence(of ids: [TaskID]) async throws -> [LedgerEvidence] {
        try await executor.run(
            """
            select id from agent_tasks where id = any(\(ids)::uuid[]) order by id for no key update
            """)
        return try await executor.query(
            """
            select task.id as "taskID", task.status, task.agent_id as "agentID",
                coalesce(score.objective_category, task.category, 'unclassified') as category,
                case when score.task_id is null then task.complexity else score.task_complexity end as complexity,
                case when score.task_id is null then execution.model else score.model_used end as model,
                case when score.task_id is null then execution.error_code end as error_code,
                score.task_id is not null as "isScored", score.overall_score as overall, score.passed,
                case when score.task_id is null then execution.cost_micro_usd else score.cost_micro_usd end as cost,
                coalesce(score.duration_seconds, execution.duration_seconds, 0) as duration_seconds,
                coalesce(score.total_tokens, execution.input_tokens + execution.output_tokens, 0) as total_tokens,
                (select rating from user_feedback where user_feedback.task_id = task.id
                    order by created_at desc, user_feedback.id limit 1) as rating,
                coalesce(
                    (select jsonb_agg(
                            jsonb_build_object(
                                'reviewer', evaluator_agent_id, 'score', evaluation_score,
                                'trust', reward.trust -> evaluator_agent_id)
                            order by evaluator_agent_id)
                        from agent_peer_evaluations as review
                        where review.task_id = task.id and evaluation_score is not null), '[]') as opinions,
                coalesce(score.created_at, task.finished_at) as ended_at,
                reward.task_id is not null as "isInLedger", counted_overall, counted_passed, counted_rating,
                reference_cost_micro_usd as reference_cost, reference_duration_ms as reference_duration
            from agent_tasks as task
            left join agent_performance_scores as score on score.task_id = task.id
            left join executions as execution on execution.task_id = task.id and execution.attempt = task.attempt
            left join rewards as reward on reward.task_id = task.id
            where task.id = any(\(ids)::uuid[]) and task.agent_id is not null
                and task.experiment_id is null and score.experiment_id is null
                and (score.task_id is not null
                    or task.status in ('failed', 'expired') and execution.status = 'failed')
            order by task.id
            """, as: LedgerEvidence.self)
    }

    /// Writes or rewrites ledger rows, and moves the agents' points by the difference. In the transaction of
    /// ``evidence(of:)``, for what that returned.
    /// A row keeps the reference that it was first measured against, and its opinions the trust they were given.
    public func write(_ entries: [LedgerEntry]) async throws {
        guard !entries.isEmpty else { return }
        let rows = entries.map(\.evidence)
        let rewards = entries.map(\.reward)
        let references = entries.map(\.reference)
        try await executor.run(
            """
            with before as (
                select task_id, points, attainable from rewards where task_id = any(\(rows.map(\.taskID))::uuid[])
            ), written as (
                insert into rewards (
                    task_id, agent_id, reward, penalty, attainable, counted_overall, counted_passed, counted_rating,
                    counted_opinions, reference_cost_micro_usd, reference_duration_ms, trust)
                select task_id, agent_id, reward, penalty, attainable, overall, passed, rating, opinions, cost,
                    duration, trust::jsonb
                from unnest(
                    \(rows.map(\.taskID))::uuid[], \(rows.map(\.agentID))::text[],
                    \(rewards.map(\.reward))::bigint[], \(rewards.map(\.penalty))::bigint[],
                    \(rewards.map(\.attainable))::bigint[], \(rows.map(\.overall))::double precision[],
                    \(rows.map(\.passed))::boolean[], \(rows.map(\.rating))::integer[],
                    \(rows.map(\.opinions.count))::integer[], \(references.map(\.cost))::bigint[],
                    \(references.map(\.durationMilliseconds))::bigint[], \(rows.map(\.trust.json))::text[]
                ) as entry (
                    task_id, agent_id, reward, penalty, attainable, overall, passed, rating, opinions, cost, duration,
                    trust)
                on conflict (task_id) do update
                set reward = excluded.reward, penalty = excluded.penalty, attainable = excluded.attainable,
                    counted_overall = excluded.counted_overall, counted_passed = excluded.counted_passed,
                    counted_rating = excluded.counted_rating, counted_opinions = excluded.counted_opinions,
                    reference_cost_micro_usd =
                        coalesce(rewards.reference_cost_micro_usd, excluded.reference_cost_micro_usd),
                    reference_duration_ms = coalesce(rewards.reference_duration_ms, excluded.reference_duration_ms),
                    trust = excluded.trust,
                    updated_at = now()
                returning task_id, agent_id, points, attainable
            )
            insert into agent_points as total (agent_id, points, attainable)
            select agent_id, sum(written.points - coalesce(before.points, 0)),
                sum(written.attainable - coalesce(before.attainable, 0))
            from written left join before using (task_id)
            group by agent_id order by agent_id
            on conflict (agent_id) do update
            set points = total.points + excluded.points, attainable = total.attainable + excluded.attainable
            """)
    }

    /// Every agent's points.
    public func totals() async throws -> [AgentID: PointTotal] {
        try await totals(
            """
            select agent_id as "agentID", points, attainable from agent_points
            """)
    }

    /// The same, added up anew from the ledger; must be equal.
    public func recountedTotals() async throws -> [AgentID: PointTotal] {
        try await totals(
            """
            select agent_id as "agentID", sum(points)::bigint as points, sum(attainable)::bigint as attainable
            from rewards group by agent_id
            """)
    }

    private func totals(_ statement: SQL) async throws -> [AgentID: PointTotal] {
        struct Row: Decodable {
            var agentID: AgentID
            var points: Int64
            var attainable: Int64
        }
        let rows = try await executor.query(statement, as: Row.self)
        return Dictionary(
            rows.map { ($0.agentID, PointTotal(points: $0.points, attainable: $0.attainable)) }
        ) { first, _ in first }
    }
}
