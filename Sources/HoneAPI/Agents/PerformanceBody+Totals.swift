import HoneCore
public import HoneIntelligence

extension PerformanceBody {
    /// Some of its work, added up.
    public struct Totals: Codable, Sendable {
        public var count: Int64
        public var completed: Int64
        public var passed: Int64
        /// Through the agent's doing.
        public var failed: Int64
        /// Completed, and nobody could say how well: in no mean.
        public var unknown: Int64
        public var infrastructureFailures: Int64
        @OrNull public var avgScore: Double?
        @OrNull public var avgRating: Double?
        @OrNull public var avgDurationSeconds: Double?
        @OrNull public var costPerQualityPoint: Double?
        public var costUSD: Double
        public var tokens: Int64

        enum CodingKeys: String, CodingKey {
            case count, completed, passed, failed, unknown, tokens
            case infrastructureFailures = "infrastructure_failures"
            case avgScore = "avg_score"
            case avgRating = "avg_rating"
            case avgDurationSeconds = "avg_duration_seconds"
            case costPerQualityPoint = "cost_per_quality_point"
            case costUSD = "cost_usd"
        }

        public init(_ cell: StatisticsCell) {
            count = cell.count
            completed = cell.completed
            passed = cell.passed
            failed = cell.failed
            unknown = cell.unknown
            infrastructureFailures = cell.infrastructureFailures
            avgScore = cell.meanOverall
            avgRating = cell.meanRating
            avgDurationSeconds = cell.meanDurationSeconds
            costPerQualityPoint = cell.costPerQualityPoint
            costUSD = MicroUSD(cell.costMicroUSD).dollars
            tokens = cell.tokens
        }
    }
}
