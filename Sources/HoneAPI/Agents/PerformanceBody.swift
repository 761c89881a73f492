public import Foundation
public import HoneCore
import HoneIntelligence
public import HoneStore

/// How an agent does over a time, by day, category, model, complexity and step; where it stands, and what changes of its
/// prompt did to it.
public struct PerformanceBody: Codable, Sendable {
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
    /// Its row on the published board, of all time; nil until it is there.
    @OrNull public var standing: StandingBody?
    public var from: Date
    public var to: Date
    public var total: Totals
    public var series: [Point]
    public var byCategory: [String: Totals]
    public var byModel: [String: Totals]
    /// `1` to `5`, and `unknown`.
    public var byComplexity: [String: Totals]
    public var byNode: [Node]
    /// Of all time, the latest first.
    public var promptChanges: [PromptChangeBody]

    enum CodingKeys: String, CodingKey {
        case standing, from, to, total, series
        case agentID = "agent_id"
        case byCategory = "by_category"
        case byModel = "by_model"
        case byComplexity = "by_complexity"
        case byNode = "by_node"
        case promptChanges = "prompt_changes"
    }
}

extension PerformanceBody {
    /// Of one model's work, or all.
    public static func load(
        _ agent: AgentID, in period: ClosedRange<Date>, model: ModelID? = nil, from store: Store
    ) async throws -> PerformanceBody {
        let filter = PeriodFilter(from: period.lowerBound, to: period.upperBound, agentID: agent, model: model)
        let statistics = store.statistics
        return PerformanceBody(
            of: agent, in: period, try await statistics.table(in: filter),
            nodes: try await statistics.nodes(in: filter),
            standing: try await statistics.standings().first { $0.agentID == agent },
            changes: try await statistics.promptChanges(of: agent))
    }

    private init(
        of agent: AgentID, in period: ClosedRange<Date>, _ table: StatisticsTable, nodes: [NodeEffort],
        standing: Standing?, changes: [PromptChange]
    ) {
        agentID = agent
        self.standing = standing.map { StandingBody(LeaderboardView.Row($0, view: "overall")) }
        from = period.lowerBound
        to = period.upperBound
        total = Totals(table.total())
        series = Self.sums(table) { $0.day }.sorted { $0.key < $1.key }.map { day, cell in
            Point(day: day.start.formatted(.iso8601.year().month().day()), totals: Totals(cell))
        }
        byCategory = Self.sums(table) { $0.category.rawValue }.mapValues { Totals($0) }
        // Work without a model has none to be counted under.
        byModel = Self.sums(table) { $0.model?.rawValue ?? "" }.filter { !$0.key.isEmpty }.mapValues { Totals($0) }
        byComplexity = Self.sums(table) { $0.complexity?.description ?? "unknown" }.mapValues { Totals($0) }
        byNode = nodes.map { node in
            Node(
                name: node.name, count: node.count, failed: node.failed, avgSeconds: node.meanSeconds,
                tokens: node.tokens, avgQuality: node.meanQuality)
        }
        promptChanges = changes.map(PromptChangeBody.init)
    }

    private static func sums<Key: Hashable>(
        _ table: StatisticsTable, by key: (StatisticsKey) -> Key
    ) -> [Key: StatisticsCell] {
        table.cells.reduce(into: [:]) { sums, cell in sums[key(cell.key), default: .zero] += cell.value }
    }
}
