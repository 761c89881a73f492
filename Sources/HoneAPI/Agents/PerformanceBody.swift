public import Foundation
public import HoneCore
public import HoneIntelligence
public import HoneStore

/// How an agent does over a time, by day, category, model and step.
public struct PerformanceBody: Codable, Sendable {
    /// Some of its work, added up.
    public struct Totals: Codable, Sendable {
        public var count: Int64
        public var completed: Int64
        public var passed: Int64
        /// Through the agent's doing.
        public var failed: Int64
        public var infrastructureFailures: Int64
        @OrNull public var avgScore: Double?
        @OrNull public var avgRating: Double?
        @OrNull public var avgDurationSeconds: Double?
        @OrNull public var costPerQualityPoint: Double?
        public var costUSD: Double
        public var tokens: Int64

        enum CodingKeys: String, CodingKey {
            case count, completed, passed, failed, tokens
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
            infrastructureFailures = cell.infrastructureFailures
            avgScore = cell.meanOverall
            avgRating = cell.meanRating
            avgDurationSeconds = cell.meanDurationSeconds
            costPerQualityPoint = cell.costPerQualityPoint
            costUSD = MicroUSD(cell.costMicroUSD).dollars
            tokens = cell.tokens
        }
    }

    public struct Point: Codable, Sendable {
        /// In UTC: `2026-11-21`.
        public var day: String
        public var totals: Totals
    }

    /// One step of its runs, such as the call of the model.
    public struct Node: Codable, Sendable {
        public var name: String
        public var count: Int
        public var failed: Int
        public var avgSeconds: Double
        public var tokens: Int
        @OrNull public var avgQuality: Double?

        enum CodingKeys: String, CodingKey {
            case name, count, failed, tokens
            case avgSeconds = "avg_seconds"
            case avgQuality = "avg_quality"
        }
    }

    public var agentID: AgentID
    public var from: Date
    public var to: Date
    public var total: Totals
    public var series: [Point]
    public var byCategory: [String: Totals]
    public var byModel: [String: Totals]
    public var byNode: [Node]

    enum CodingKeys: String, CodingKey {
        case from, to, total, series
        case agentID = "agent_id"
        case byCategory = "by_category"
        case byModel = "by_model"
        case byNode = "by_node"
    }
}

extension PerformanceBody {
    public init(of agent: AgentID, in period: ClosedRange<Date>, _ table: StatisticsTable, nodes: [NodeEffort]) {
        agentID = agent
        from = period.lowerBound
        to = period.upperBound
        total = Totals(table.total())
        series = Self.sums(table) { $0.day }.sorted { $0.key < $1.key }.map { day, cell in
            Point(day: day.start.formatted(.iso8601.year().month().day()), totals: Totals(cell))
        }
        byCategory = Self.named(Self.sums(table) { $0.category.rawValue })
        byModel = Self.named(Self.sums(table) { $0.model?.rawValue ?? "" })
        byNode = nodes.map { node in
            Node(
                name: node.name, count: node.count, failed: node.failed, avgSeconds: node.meanSeconds,
                tokens: node.tokens, avgQuality: node.meanQuality)
        }
    }

    private static func sums<Key: Hashable>(
        _ table: StatisticsTable, by key: (StatisticsKey) -> Key
    ) -> [Key: StatisticsCell] {
        table.cells.reduce(into: [:]) { sums, cell in sums[key(cell.key), default: .zero] += cell.value }
    }

    /// Work without a model has none to be counted under.
    private static func named(_ sums: [String: StatisticsCell]) -> [String: Totals] {
        sums.filter { !$0.key.isEmpty }.mapValues { Totals($0) }
    }
}
