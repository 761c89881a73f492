public import Foundation
public import HoneCore
public import HoneIntelligence
import Postgres

/// What judges, reviewers, checks and people think of the same work, side by side. Trials of experiments are left out.
public struct Opinions: Sendable {
    /// Comparisons of single opinions look at this many of the newest tasks at most.
    public static let newest = 20_000

    let executor: any SQLExecutor

    /// The scores of one agent in one category by one kind of evaluator.
    public struct ScoreGroup: Sendable, Decodable, Hashable {
        public var agentID: AgentID
        public var category: HoneCore.Category?
        public var kind: ScoreRecord.EvaluatorKind
        /// The judge's.
        public var model: ModelID?
        public var scores: Int
        /// Those that nobody could give.
        public var unknown: Int
        var mean: Double
        var squares: Double

        /// Of the overall scores that are known.
        public var moments: SampleMoments { SampleMoments(count: scores - unknown, mean: mean, squares: squares) }
    }

    /// All scores that were given in the period, in groups.
    public func groups(_ period: ClosedRange<Date>) async throws -> [ScoreGroup] {
        try await executor.query(
            """
            select agent_id as "agentID", objective_category as category, evaluator_kind as kind,
                evaluator_model as model, count(*) as scores,
                count(*) filter (where overall_score is null) as unknown, coalesce(avg(overall_score), 0) as mean,
                coalesce(var_pop(overall_score) * count(overall_score), 0) as squares
            from agent_performance_scores
            where experiment_id is null and scored_at >= \(period.lowerBound)::timestamptz
                and scored_at <= \(period.upperBound)::timestamptz
            group by agent_id, objective_category, evaluator_kind, evaluator_model
            order by agent_id, objective_category, evaluator_kind, evaluator_model
            """, as: ScoreGroup.self)
    }

    /// A scored task that a person rated, with the judge's verdict on it where there is one.
    public struct RatedWork: Sendable, Decodable, Hashable {
        public var taskID: TaskID
        public var agentID: AgentID
        public var category: HoneCore.Category?
        public var kind: ScoreRecord.EvaluatorKind
        public var overall: Double?
        public var rating: Int
        public var judge: ModelID?
        var accuracy: Double?
        var relevance: Double?
        var completeness: Double?

        /// The judge's, efficiency left out; nil without a verdict that says something.
        public var judgedQuality: Double? {
            ScoreWeights.standard.quality(
                of: Scores(accuracy: accuracy, relevance: relevance, completeness: completeness))
        }
    }

    /// What people rated of the work that was scored in the period, the newest.
    public func rated(_ period: ClosedRange<Date>) async throws -> [RatedWork] {
        try await executor.query(
            """
            select score.task_id as "taskID", score.agent_id as "agentID", score.objective_category as category,
                score.evaluator_kind as kind, score.overall_score as overall, score.user_rating as rating,
                verdict.model as judge, verdict.accuracy_score as accuracy, verdict.relevance_score as relevance,
                verdict.completeness_score as completeness
            from agent_performance_scores as score
            left join lateral (
                select model, accuracy_score, relevance_score, completeness_score from judgements
                where judgements.task_id = score.task_id and purpose in ('score', 'calibration')
                order by purpose desc limit 1) as verdict on true
            where score.user_rating is not null and score.experiment_id is null
                and score.scored_at >= \(period.lowerBound)::timestamptz
                and score.scored_at <= \(period.upperBound)::timestamptz
            order by score.scored_at desc limit \(Self.newest)::integer
            """, as: RatedWork.self)
    }
}
