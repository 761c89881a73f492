public import Foundation
public import HoneCore
import HoneIntelligence
import Postgres

extension Opinions {
    /// What a reviewer has said.
    public struct ReviewerRecord: Sendable, Decodable, Hashable {
        public var reviewer: AgentID
        public var reviews: Int
        public var unknown: Int
        var weightedScores: Double
        var weights: Double

        /// Of the scores it gives, made up for what was not sampled.
        public var mean: Double? { SampledMean(weightedScores: weightedScores, weights: weights).value }
    }

    /// Everybody who reviewed in the period.
    public func reviewers(_ period: ClosedRange<Date>) async throws -> [ReviewerRecord] {
        try await executor.query(
            """
            select agents.id as reviewer, said.* from agents
            cross join lateral (
                select count(*) as reviews, count(*) filter (where unknown) as unknown,
                    coalesce(sum(evaluation_score * sampling_weight), 0) as weighted_scores,
                    coalesce(sum(sampling_weight) filter (where not unknown), 0) as weights
                from agent_peer_evaluations
                where evaluator_agent_id = agents.id and created_at >= \(period.lowerBound)::timestamptz
                    and created_at <= \(period.upperBound)::timestamptz) as said
            where said.reviews > 0 order by agents.id
            """, as: ReviewerRecord.self)
    }

    /// A review of work that a person rated.
    public struct RatedReview: Sendable, Decodable, Hashable {
        public var reviewer: AgentID
        public var score: Double
        public var rating: Int
    }

    public func ratedReviews(_ period: ClosedRange<Date>) async throws -> [RatedReview] {
        try await executor.query(
            """
            select review.evaluator_agent_id as reviewer, review.evaluation_score as score, work.user_rating as rating
            from agent_performance_scores as work
            join agent_peer_evaluations as review on review.task_id = work.task_id
            where work.user_rating is not null and review.evaluation_score is not null
                and work.experiment_id is null and work.scored_at >= \(period.lowerBound)::timestamptz
                and work.scored_at <= \(period.upperBound)::timestamptz
            order by work.scored_at desc limit \(Self.newest)::integer
            """, as: RatedReview.self)
    }
}
