public import Foundation
import HoneCore
public import HoneIntelligence
import Postgres

extension Opinions {
    /// All opinions of the newest tasks that were scored in the period.
    public func all(_ period: ClosedRange<Date>) async throws -> [Opinion] {
        let rows = try await executor.query(
            """
            select work.task_id as "taskID", work.agent_id as author, work.model_used as author_model,
                work.evaluator_kind as kind, work.evaluator_model as judge, work.accuracy_score as accuracy,
                work.relevance_score as relevance, work.completeness_score as completeness,
                work.user_rating as rating, review.evaluator_agent_id as reviewer, review.model as reviewer_model,
                review.evaluation_score as review
            from (
                select * from agent_performance_scores
                where experiment_id is null and scored_at >= \(period.lowerBound)::timestamptz
                    and scored_at <= \(period.upperBound)::timestamptz
                order by scored_at desc limit \(Self.newest)::integer) as work
            left join agent_peer_evaluations as review
                on review.task_id = work.task_id and review.evaluation_score is not null
            order by work.task_id, reviewer
            """, as: WorkRow.self)
        var last: TaskID?
        return rows.flatMap { row -> [Opinion] in
            defer { last = row.taskID }
            return (row.taskID == last ? [] : row.opinionsBesideReviews) + [row.reviewersOpinion].compactMap(\.self)
        }
    }

    /// A task and one of its reviews, if there is any.
    private struct WorkRow: Decodable {
        var taskID: TaskID
        var author: AgentID
        var authorModel: ModelID?
        var kind: ScoreRecord.EvaluatorKind
        var judge: ModelID?
        var accuracy: Double?
        var relevance: Double?
        var completeness: Double?
        var rating: Int?
        var reviewer: AgentID?
        var reviewerModel: ModelID?
        var review: Double?

        var reviewersOpinion: Opinion? {
            guard let reviewer, let review else { return nil }
            return opinion(.reviewer(reviewer), reviewerModel, review)
        }

        var opinionsBesideReviews: [Opinion] {
            let quality = ScoreWeights.standard.quality(
                of: Scores(accuracy: accuracy, relevance: relevance, completeness: completeness))
            let scored = kind == .check ? accuracy.map { opinion(.check, nil, $0) } : nil
            let judged = kind == .judge ? quality.map { opinion(.judge, judge, $0) } : nil
            let rated = rating.map { opinion(.human, nil, ReviewTruth.unit(ofRating: $0)) }
            return [scored, judged, rated].compactMap(\.self)
        }

        private func opinion(_ rater: Opinion.Rater, _ model: ModelID?, _ score: Double) -> Opinion {
            Opinion(
                task: taskID, author: author, authorModel: authorModel, rater: rater, raterModel: model, score: score)
        }
    }
}
