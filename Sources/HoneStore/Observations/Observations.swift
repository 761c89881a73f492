public import Foundation
public import HoneCore
import Postgres

/// `observations`, and the runs that they are made from.
public struct Observations: Sendable {
    let executor: any SQLExecutor

    /// The last `count` finished runs of each live worker with a model since its present prompt is in production, newest
    /// first. Trials of experiments and attempts that others took over are left out.
    public func runs(last count: Int) async throws -> [FinishedRun] {
        try await executor.query(
            """
            select agent.id as "agentID", run.*
            from agents as agent
            join prompt_states as prompt on prompt.agent_id = agent.id and prompt.state = 'production'
            cross join lateral (
                select execution.task_id as "taskID", task.category,
                    case when execution.status = 'failed' then false else score.passed end as passed,
                    execution.error_code, execution.error_message,
                    (select node_name from agent_node_performance as node
                        where node.task_id = execution.task_id and node.attempt = execution.attempt and not node.success
                        order by ordinal limit 1) as failed_node,
                    score.feedback, score.evaluator_kind, execution.cost_micro_usd as cost
                from executions as execution
                join agent_tasks as task on task.id = execution.task_id and task.experiment_id is null
                left join agent_performance_scores as score
                    on score.task_id = execution.task_id and score.attempt = execution.attempt
                where execution.agent_id = agent.id and execution.created_at >= prompt.since
                    and (execution.status = 'completed' or execution.final)
                order by execution.created_at desc, execution.task_id limit \(count)::bigint
            ) as run
            where agent.lifecycle = 'live' and agent.type = 'llm' and 'worker' = any(agent.roles)
            order by agent.id
            """, as: FinishedRun.self)
    }

    /// The last `count` reviews of each live reviewer with a model, newest first, of work that a check or a person has
    /// judged.
    public func reviews(last count: Int) async throws -> [KnownReview] {
        try await executor.query(
            """
            select agent.id as "reviewerID", review.*
            from agents as agent
            join prompt_states as prompt on prompt.agent_id = agent.id and prompt.state = 'production'
            cross join lateral (
                select compared.task_id as "taskID", work.objective_category as category, compared.score, compared.truth,
                    said.evaluation_feedback as feedback, said.cost_micro_usd as cost
                from (\(fragment: Reviews.compared)) as compared
                join agent_peer_evaluations as said
                    on said.task_id = compared.task_id and said.evaluator_agent_id = compared.reviewer
                join agent_performance_scores as work on work.task_id = compared.task_id
                where compared.reviewer = agent.id and compared.created_at >= prompt.since
                    and work.experiment_id is null
                    and (work.evaluator_kind = 'check' and work.accuracy_score is not null
                        or work.user_rating is not null)
                order by compared.created_at desc, compared.task_id limit \(count)::bigint
            ) as review
            where agent.lifecycle = 'live' and agent.type = 'llm' and 'reviewer' = any(agent.roles)
            order by agent.id
            """, as: KnownReview.self)
    }

    public func record(_ new: ObservationRecord) async throws {
        try await executor.run(
            """
            insert into observations (
                id, agent_id, role, summary, benchmark_id, optimization_id, refusal, observed_at)
            values (
                \(new.id)::uuid, \(new.agentID)::text, \(new.role)::text, \(JSONText(new.summary))::jsonb,
                \(new.benchmarkID)::text, \(new.optimizationID)::uuid, \(new.refusal?.storable)::text,
                \(new.observedAt)::timestamptz)
            """)
    }

    /// What was observed, newest first.
    public func list(of agent: AgentID? = nil, limit: Int) async throws -> [ObservationRecord] {
        try await executor.query(
            """
            select id, agent_id as "agentID", role, summary, benchmark_id as "benchmarkID",
                optimization_id as "optimizationID", refusal, observed_at
            from observations where \(agent)::text is null or agent_id = \(agent)::text
            order by observed_at desc, id limit \(limit)::bigint
            """, as: ObservationRecord.self)
    }

    /// The agents that were observed, or whose optimization is under way or ended, since a time.
    public func attended(since time: Date) async throws -> Set<AgentID> {
        let agents = try await executor.query(
            """
            select agent_id from observations where observed_at >= \(time)::timestamptz
            union
            select agent_id from optimizations
            where status in ('queued', 'running') or coalesce(completed_at, created_at) >= \(time)::timestamptz
            """, as: AgentID.self)
        return Set(agents)
    }
}
