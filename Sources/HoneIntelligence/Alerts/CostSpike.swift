import Foundation
import HoneCore

/// The tasks of the last 7 days cost more than half as much again as those of the last 30.
public enum CostSpike {
    /// How many days are looked at.
    public static let window = 30
    static let days = 7
    static let bound = 1.5
    /// It is over below this: an agent near the bound does not come and go.
    static let lowerBound = 1.25
    /// Fewer tasks with a price, this week or before, tell nothing.
    static let fewestTasks: Int64 = 20

    /// The work of one agent.
    public static func condition(_ work: [DailyWork], today: Day) -> AlertCondition {
        let month = Mean(work.filter { (0..<window).contains(today - $0.day) })
        let week = Mean(work.filter { (0..<days).contains(today - $0.day) })
        guard week.count > 0 else { return .absent }
        guard week.count >= fewestTasks, month.count - week.count >= fewestTasks else { return .unclear }
        let ratio = month.value > 0 ? week.value / month.value : 1
        if ratio > bound { return .present(finding(week.value, month.value, ratio)) }
        return ratio < lowerBound ? .absent : .unclear
    }

    private static func finding(_ week: Double, _ month: Double, _ ratio: Double) -> AlertFinding {
        let (now, usual) = (MicroUSD(dollars: week / 1e6), MicroUSD(dollars: month / 1e6))
        return AlertFinding(
            .warning,
            "A task of the last 7 days cost \(now), \(String(format: "%.1f", ratio)) times that of the last 30 days.",
            details: [
                "mean_cost_7_days_usd": .number(now.dollars), "mean_cost_30_days_usd": .number(usual.dollars),
                "ratio": .number(ratio),
            ])
    }

    private struct Mean {
        let count: Int64
        let value: Double

        init(_ work: [DailyWork]) {
            count = work.reduce(0) { $0 + $1.priced }
            let cost = work.reduce(0) { $0 + $1.cost.rawValue }
            value = count > 0 ? Double(cost) / Double(count) : 0
        }
    }
}
