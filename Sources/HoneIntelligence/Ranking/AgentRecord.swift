public import HoneCore

/// One agent's cells, gathered the ways a board and a router need them.
public struct AgentRecord: Hashable, Sendable {
    /// The agent's work in one category.
    public struct Part: Hashable, Sendable {
        public var total = StatisticsCell.zero
        public var history = QualityHistory()
    }

    public private(set) var total = StatisticsCell.zero
    public private(set) var history = QualityHistory()
    public private(set) var categories: [Category: Part] = [:]
    public private(set) var models: [ModelID: ModelStanding] = [:]
    public private(set) var thisWeek = QualitySample()
    public private(set) var lastWeek = QualitySample()

    public init() {}

    /// Cells are taken in a fixed order, so that the same table always gives the same bits.
    public static func records(_ table: StatisticsTable, today: Day) -> [AgentID: AgentRecord] {
        table.cells.sorted { $0.key.order < $1.key.order }.reduce(into: [:]) { records, cell in
            records[cell.key.agent, default: AgentRecord()].add(cell.value, at: cell.key, today: today)
        }
    }

    private mutating func add(_ cell: StatisticsCell, at key: StatisticsKey, today: Day) {
        total += cell
        history.add(cell.sample, of: key.day, today: today)
        categories[key.category, default: Part()].total += cell
        categories[key.category, default: Part()].history.add(cell.sample, of: key.day, today: today)
        if let model = key.model {
            let standing = models[model] ?? ModelStanding(since: key.day, total: .zero)
            models[model] = ModelStanding(since: min(standing.since, key.day), total: standing.total + cell)
        }
        switch today - key.day {
        case ..<7: thisWeek = thisWeek + cell.sample
        case 7..<14: lastWeek = lastWeek + cell.sample
        default: break
        }
    }
}

extension StatisticsKey {
    fileprivate var order: (Int, String, String, String) {
        (day.number, agent.rawValue, category.rawValue, model?.rawValue ?? "")
    }
}

extension StatisticsCell {
    /// Points of quality per dollar, to rank by; what costs nothing ranks before everything, by quality.
    var qualityPerDollar: Double? {
        guard priced > 0, scored > 0 else { return nil }
        guard costMicroUSD > 0 else { return 1e18 * (1 + (meanOverall ?? 0)) }
        return Double(pricedOverallSum) / Double(costMicroUSD)
    }
}
