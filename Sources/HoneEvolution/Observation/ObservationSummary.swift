public import HoneCore

/// A finding as it goes into a request for an optimization (`params.summary`) and on record.
public struct ObservationSummary: Sendable, Hashable, Codable {
    public struct Cluster: Sendable, Hashable, Codable {
        public var code: String
        public var node: String?
        public var count: Int
        public var example: String
        public var categories: [HoneCore.Category]
        public var taskIDs: [TaskID]

        private enum CodingKeys: String, CodingKey {
            case code, node, count, example, categories
            case taskIDs = "task_ids"
        }
    }

    public var reasons: [ObservationFinding.Reason]
    public var runs: Int
    /// Of those whose outcome is known.
    public var passed: Int
    public var failed: Int
    public var successRate: Double?
    public var successLow: Double
    public var successHigh: Double
    public var meanCostUSD: Double?
    public var clusters: [Cluster]

    private enum CodingKeys: String, CodingKey {
        case reasons, runs, passed, failed, clusters
        case successRate = "success_rate"
        case successLow = "success_low"
        case successHigh = "success_high"
        case meanCostUSD = "mean_cost_usd"
    }

    private static let shownClusters = 10
    private static let shownCharacters = 300

    public init(_ finding: ObservationFinding) {
        reasons = finding.reasons
        runs = finding.runs
        passed = finding.success.passed
        failed = finding.success.runs - finding.success.passed
        successRate = finding.success.value
        successLow = finding.success.low
        successHigh = finding.success.high
        meanCostUSD = finding.meanCostUSD
        clusters = finding.clusters.prefix(Self.shownClusters).map { cluster in
            Cluster(
                code: cluster.code, node: cluster.node, count: cluster.count,
                example: String(cluster.example.prefix(Self.shownCharacters)), categories: cluster.categories,
                taskIDs: cluster.tasks)
        }
    }
}
