import Foundation
public import HoneCore
import Postgres

extension ScoreTable {
    /// Inserts what is not there; returns what it inserted. A rating that came first is taken along.
    func write(_ rows: [ScoreRecord]) async throws -> [WrittenScore] {
        try await executor.query(
            """
            insert into agent_performance_scores (
                task_id, agent_id, attempt, prompt_id, objective_category, task_complexity, accuracy_score,
                relevance_score, completeness_score, efficiency_score, overall_score, weights, formula_version, passed,
                feedback, evaluator_kind, evaluator_model, awaits_judgement, total_tokens, cost_micro_usd,
                cost_per_quality_point, model_used, temperature, duration_seconds, experiment_id, created_at,
                user_rating, user_feedback, user_id)
            select score.*, rated.rating, rated.comment, rated.user_id
            from (\(fragment: Self.rows(rows))) as score
            left join lateral (
                select rating, comment, user_id from user_feedback where user_feedback.task_id = score.task_id
                order by created_at desc, id limit 1) as rated on true
            order by score.task_id
            on conflict (task_id) do nothing
            returning task_id as "taskID", created_at, user_rating
            """, as: WrittenScore.self)
    }

    private static func rows(_ rows: [ScoreRecord]) -> SQL {
        """
        select task_id, agent_id, attempt, prompt_id, category, complexity, accuracy, relevance, completeness,
            efficiency, overall, weights::jsonb, formula_version, passed, feedback, kind, judge, awaits, tokens, cost,
            cost_per_point, model, temperature, duration, experiment_id, coalesce(created_at, now())
        from unnest(
            \(rows.map(\.taskID))::uuid[], \(rows.map(\.agentID))::text[], \(rows.map(\.attempt))::integer[],
            \(rows.map(\.promptID))::uuid[], \(rows.map(\.category))::text[], \(rows.map(\.complexity))::integer[],
            \(rows.map(\.scores.accuracy))::double precision[], \(rows.map(\.scores.relevance))::double precision[],
            \(rows.map(\.scores.completeness))::double precision[],
            \(rows.map(\.scores.efficiency))::double precision[], \(rows.map(\.scores.overall))::double precision[],
            \(rows.map { JSONText($0.weights) })::text[], \(rows.map(\.formulaVersion))::integer[],
            \(rows.map(\.passed))::boolean[], \(rows.map(\.feedback?.storable))::text[],
            \(rows.map(\.evaluatorKind))::text[], \(rows.map(\.evaluatorModel))::text[],
            \(rows.map(\.awaitsJudgement))::boolean[], \(rows.map(\.totalTokens))::bigint[],
            \(rows.map(\.cost))::bigint[], \(rows.map(\.costPerQualityPoint))::double precision[],
            \(rows.map(\.model))::text[], \(rows.map(\.temperature))::double precision[],
            \(rows.map(\.durationSeconds))::double precision[], \(rows.map(\.experimentID))::uuid[],
            \(rows.map(\.createdAt))::timestamptz[]
        ) as score (
            task_id, agent_id, attempt, prompt_id, category, complexity, accuracy, relevance, completeness, efficiency,
            overall, weights, formula_version, passed, feedback, kind, judge, awaits, tokens, cost, cost_per_point,
            model, temperature, duration, experiment_id, created_at)
        """
    }

    /// Completes scores that wait for a judge, each once. Returns the tasks whose score this call completed.
    public func judge(_ verdicts: [ScoreJudgement]) async throws -> Set<TaskID> {
        guard !verdicts.isEmpty else { return [] }
        let judged = try await executor.query(
            """
            update agent_performance_scores as score
            set accuracy_score = coalesce(verdict.accuracy, score.accuracy_score),
                relevance_score = coalesce(verdict.relevance, score.relevance_score),
                completeness_score = coalesce(verdict.completeness, score.completeness_score),
                efficiency_score = coalesce(verdict.efficiency, score.efficiency_score),
                overall_score = verdict.overall, passed = verdict.passed, feedback = verdict.feedback,
                evaluator_kind = case when score.evaluator_kind = 'check' then 'check' else 'judge' end,
                evaluator_model = verdict.model, cost_per_quality_point = verdict.cost_per_point,
                awaits_judgement = false, judged_at = now()
            from unnest(
                \(verdicts.map(\.taskID))::uuid[], \(verdicts.map(\.scores.accuracy))::double precision[],
                \(verdicts.map(\.scores.relevance))::double precision[],
                \(verdicts.map(\.scores.completeness))::double precision[],
                \(verdicts.map(\.scores.efficiency))::double precision[],
                \(verdicts.map(\.scores.overall))::double precision[], \(verdicts.map(\.passed))::boolean[],
                \(verdicts.map(\.feedback?.storable))::text[], \(verdicts.map(\.model))::text[],
                \(verdicts.map(\.costPerQualityPoint))::double precision[]
            ) as verdict (
                task_id, accuracy, relevance, completeness, efficiency, overall, passed, feedback, model,
                cost_per_point)
            where score.task_id = verdict.task_id and score.awaits_judgement
            returning score.task_id
            """, as: TaskID.self)
        return Set(judged)
    }
}

/// What the table knows of a new score beyond what it was given.
struct WrittenScore: Decodable {
    var taskID: TaskID
    var createdAt: Date
    var userRating: Int?
}

extension ScoreRecord {
    func written(as row: WrittenScore) -> ScoreRecord {
        var score = self
        score.createdAt = row.createdAt
        score.userRating = row.userRating
        score.feedback = feedback?.storable
        return score
    }
}
