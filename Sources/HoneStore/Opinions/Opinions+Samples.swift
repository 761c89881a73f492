public import Foundation
public import HoneCore
import HoneIntelligence
import Postgres

extension Opinions {
    /// A verdict on work whose answer is known.
    public struct Calibration: Sendable, Decodable, Hashable {
        public var model: ModelID
        public var accuracy: Double
        public var truth: Double
        public var passed: Bool
    }

    public func calibrations(_ period: ClosedRange<Date>) async throws -> [Calibration] {
        try await executor.query(
            """
            select verdict.model, verdict.accuracy_score as accuracy, score.accuracy_score as truth, score.passed
            from judgements as verdict
            join agent_performance_scores as score on score.task_id = verdict.task_id
            where verdict.purpose = 'calibration'
                and verdict.accuracy_score is not null and score.evaluator_kind = 'check'
                and score.accuracy_score is not null and score.passed is not null and score.experiment_id is null
                and verdict.created_at >= \(period.lowerBound)::timestamptz
                and verdict.created_at <= \(period.upperBound)::timestamptz
            order by verdict.created_at desc limit \(Self.newest)::integer
            """, as: Calibration.self)
    }

    /// Two verdicts of one model on the same work.
    public struct Repetition: Sendable, Hashable {
        public var model: ModelID
        /// The quality in each.
        public var qualities: [Double]
    }

    public func repetitions(_ period: ClosedRange<Date>) async throws -> [Repetition] {
        struct Row: Decodable {
            var model: ModelID
            var accuracy: Double?
            var relevance: Double?
            var completeness: Double?
            var againAccuracy: Double?
            var againRelevance: Double?
            var againCompleteness: Double?

            var qualities: [Double] {
                [
                    Scores(accuracy: accuracy, relevance: relevance, completeness: completeness),
                    Scores(accuracy: againAccuracy, relevance: againRelevance, completeness: againCompleteness),
                ].compactMap(ScoreWeights.standard.quality)
            }
        }
        let rows = try await executor.query(
            """
            select again.model, first.accuracy_score as accuracy, first.relevance_score as relevance,
                first.completeness_score as completeness, again.accuracy_score as again_accuracy,
                again.relevance_score as again_relevance, again.completeness_score as again_completeness
            from judgements as again
            join judgements as first
                on first.task_id = again.task_id and first.purpose = 'score' and first.model = again.model
            where again.purpose = 'repeat' and not again.unknown and not first.unknown
                and again.created_at >= \(period.lowerBound)::timestamptz
                and again.created_at <= \(period.upperBound)::timestamptz
            order by again.created_at desc limit \(Self.newest)::integer
            """, as: Row.self)
        return rows.map { Repetition(model: $0.model, qualities: $0.qualities) }
    }
}
