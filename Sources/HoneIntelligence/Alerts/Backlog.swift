import HoneCore

/// More waits than half of what may wait: publishers will be refused soon, and are at the limit.
public enum Backlog {
    static let bound = 0.5
    /// It is over below this.
    static let lowerBound = 0.25

    /// `waiting` is nil where nobody could be asked.
    public static func condition(waiting: Int?, limit: Int) -> AlertCondition {
        guard let waiting else { return .unclear }
        let share = Double(waiting) / Double(max(1, limit))
        if share < lowerBound { return .absent }
        guard share > bound else { return .unclear }
        return .present(
            AlertFinding(
                share >= 1 ? .critical : .warning, "\(waiting) messages wait; new work is refused above \(limit).",
                details: ["waiting": .integer(Int64(waiting)), "limit": .integer(Int64(limit))]))
    }
}
