public import HoneCore

/// One agent's cells, gathered the ways a board and a router need them. Samples of scores are adjusted, totals are as
/// counted.
public struct AgentRecord: Hashable, Sendable {
    /// The agent's work in one category.
    public struct Part: Hashable, Sendable {
        public var total = StatisticsCell.zero
        public var history = QualityHistory()
    }

    public private(set) var total = StatisticsCell.zero
    public private(set) var history = QualityHistory()
    public private(set) var categories: [Category: Part] = [:]
    public private(set) var models: [ModelID: ModelRecord] = [:]
    public private(set) var thisWeek = QualitySample()
    public private(set) var lastWeek = QualitySample()

    public init() {}

    /// Cells are taken in a fixed order, so that the same table always gives the same bits.
    public static func records(
        _ table: StatisticsTable, today: Day, adjusting adjustment: DifficultyAdjustment = .none
    ) -> [AgentID: AgentRecord] {
        table.cells.sorted { $0.key.order < $1.key.order }.reduce(into: [:]) { records, cell in
            records[cell.key.agent, default: AgentRecord()].add(cell.value, at: cell.key, today: today, adjustment)
        }
    }

    private mutating func add(
        _ cell: StatisticsCell, at key: StatisticsKey, today: Day, _ adjustment: DifficultyAdjustment
    ) {
        let sample = adjustment.overall(cell.sample, category: key.category, complexity: key.complexity)
        total += cell
        history.add(sample, of: key.day, today: today)
        categories[key.category, default: Part()].total += cell
        categories[key.category, default: Part()].history.add(
            adjustment.withinCategory(cell.sample, key.category, complexity: key.complexity), of: key.day, today: today)
        if let model = key.model { models[model, default: ModelRecord()].add(cell, sample, of: key.day) }
        switch today - key.day {
        case ..<7: thisWeek += sample
        case 7..<14: lastWeek += sample
        default: break
        }
    }
}

extension StatisticsKey {
    fileprivate var order: (Int, String, String, Int, String) {
        (day.number, agent.rawValue, category.rawValue, complexity ?? 0, model?.rawValue ?? "")
    }
}
