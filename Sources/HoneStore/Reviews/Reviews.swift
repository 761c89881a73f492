public import HoneCore
public import HoneIntelligence
import Postgres

/// `agent_peer_evaluations`: what agents think of each other's work.
public struct Reviews: Sendable {
    let executor: any SQLExecutor

    /// The live agents with the reviewer's role, by id, with their criteria and production prompts.
    public func reviewers() async throws -> [Reviewer] {
        let agents = try await Agents(executor: executor).all().filter {
            $0.agent.roles.contains(.reviewer) && $0.agent.lifecycle == .live
        }
        let prompts = try await Prompts(executor: executor).load(agents.compactMap(\.promptID))
        return agents.map { agent in
            Reviewer(
                agent: agent.agent, criteria: agent.reviewCriteria,
                prompt: prompts.first { $0.prompt.id == agent.promptID }?.prompt)
        }
    }

    /// Writes reviews, those that could not say too; returns which are new.
    public func insert(_ rows: [ReviewRecord]) async throws -> Set<ReviewKey> {
        guard !rows.isEmpty else { return [] }
        let inserted = try await executor.query(
            """
            insert into agent_peer_evaluations (
                task_id, evaluated_agent_id, evaluator_agent_id, evaluation_score, evaluation_feedback,
                evaluation_criteria, unknown, sampling_weight, model, input_tokens, output_tokens, cost_micro_usd,
                duration_seconds)
            select task_id, evaluated, evaluator, score, feedback, criteria::jsonb, score is null, weight, model,
                input_tokens, output_tokens, cost, duration
            from unnest(
                \(rows.map(\.taskID))::uuid[], \(rows.map(\.evaluatedAgentID))::text[],
                \(rows.map(\.evaluatorAgentID))::text[], \(rows.map(\.score))::double precision[],
                \(rows.map(\.feedback.storable))::text[], \(rows.map { JSONText($0.criteria) })::text[],
                \(rows.map(\.samplingWeight))::double precision[], \(rows.map(\.model))::text[],
                \(rows.map(\.inputTokens))::bigint[], \(rows.map(\.outputTokens))::bigint[],
                \(rows.map(\.cost))::bigint[], \(rows.map(\.durationSeconds))::double precision[]
            ) as review (
                task_id, evaluated, evaluator, score, feedback, criteria, weight, model, input_tokens, output_tokens,
                cost, duration)
            order by task_id, evaluator
            on conflict do nothing
            returning task_id as "taskID", evaluator_agent_id as "evaluatorAgentID"
            """, as: ReviewKey.self)
        return Set(inserted)
    }

    /// All reviews of these tasks, by task and reviewer.
    public func load(_ ids: [TaskID]) async throws -> [ReviewRecord] {
        try await executor.query(
            """
            select task_id as "taskID", evaluated_agent_id as "evaluatedAgentID",
                evaluator_agent_id as "evaluatorAgentID", evaluation_score as score, evaluation_criteria as criteria,
                evaluation_feedback as feedback, sampling_weight, model, input_tokens, output_tokens,
                cost_micro_usd as cost, duration_seconds
            from agent_peer_evaluations where task_id = any(\(ids)::uuid[]) order by task_id, evaluator_agent_id
            """, as: ReviewRecord.self)
    }

    /// Reviews that could say something, each with the truth it is compared with: the check where there is one, else the
    /// last rating of a person, else the judge.
    static let compared: SQL = """
        select review.evaluator_agent_id as reviewer, review.evaluation_score as score,
            case when work.evaluator_kind = 'check' then work.accuracy_score
                when work.user_rating is not null then (work.user_rating - 1) / 4.0::double precision
                else work.overall_score end as truth,
            review.task_id, review.created_at
        from agent_peer_evaluations as review
        left join agent_performance_scores as work on work.task_id = review.task_id
        where review.evaluation_score is not null
        """

    /// How far each reviewer has been from the truth so far. Reviews without any truth, and those that could not say, are
    /// left out.
    public func reliability() async throws -> [AgentID: ReviewerReliability] {
        struct Row: Decodable {
            var reviewer: AgentID
            var count: Int64
            var deviation: Int64
        }
        let rows = try await executor.query(
            """
            select reviewer, count(*) as count,
                sum(round(abs(score - truth) * 1000000))::bigint as deviation
            from (\(fragment: Self.compared)) as compared
            where truth is not null group by reviewer
            """, as: Row.self)
        return Dictionary(
            rows.map {
                ($0.reviewer, ReviewerReliability(count: $0.count, deviation: Millionths(rawValue: $0.deviation)))
            }
        ) { first, _ in first }
    }
}
