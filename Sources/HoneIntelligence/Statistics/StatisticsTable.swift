import HoneCore

/// All cells: what was counted for each agent, category, complexity, model and day. Equal to a recount of the same tasks,
/// bit for bit.
public struct StatisticsTable: Hashable, Sendable {
    public private(set) var cells: [StatisticsKey: StatisticsCell] = [:]

    public init() {}

    public init(cells: [StatisticsKey: StatisticsCell]) {
        self.cells = cells.filter { $0.value != .zero }
    }

    /// Counts from nothing.
    public init(_ tasks: some Sequence<TaskObservation>) {
        for task in tasks { add(task) }
    }

    public mutating func add(_ task: TaskObservation) {
        merge(StatisticsCell(task), at: task.key)
    }

    /// Takes back a task that was added in exactly this form.
    public mutating func retract(_ task: TaskObservation) {
        merge(.zero - StatisticsCell(task), at: task.key)
    }

    public mutating func merge(_ cell: StatisticsCell, at key: StatisticsKey) {
        let merged = cells[key, default: .zero] + cell
        // A cell that holds nothing is not there, so that tables compare equal.
        cells[key] = merged == .zero ? nil : merged
    }

    public mutating func merge(_ other: StatisticsTable) {
        for (key, cell) in other.cells { merge(cell, at: key) }
    }

    /// The sum of all cells whose key `isWanted`.
    public func total(where isWanted: (StatisticsKey) -> Bool = { _ in true }) -> StatisticsCell {
        cells.reduce(into: .zero) { total, cell in
            if isWanted(cell.key) { total += cell.value }
        }
    }

    /// What would have to be merged into this table to turn it into `recount`; empty when the two agree.
    public func changes(to recount: StatisticsTable) -> [StatisticsKey: StatisticsCell] {
        var changes: [StatisticsKey: StatisticsCell] = [:]
        for key in Set(cells.keys).union(recount.cells.keys) {
            let change = recount.cells[key, default: .zero] - cells[key, default: .zero]
            if change != .zero { changes[key] = change }
        }
        return changes
    }
}
