import Foundation
import HoneCore

/// More than a fifth of what ended today or yesterday failed, beyond doubt: the lower end of the 99 % interval
/// (E. B. Wilson, 1927) is above the bound. Who fails one task in ten is suspected with a chance of 0.2 % at most.
public enum FailureRate {
    static let bound = 0.2
    /// It is over below this.
    static let lowerBound = 0.15
    static let critical = 0.5
    static let fewestTasks: Int64 = 10
    /// Today and yesterday.
    public static let days = 2
    /// Of the normal distribution, one-sided 99 %.
    private static let quantile = 2.326

    /// The work of one agent.
    public static func condition(_ work: [DailyWork], today: Day) -> AlertCondition {
        let recent = work.filter { (0..<days).contains(today - $0.day) }
        return condition(failed: recent.reduce(0) { $0 + $1.failed }, of: recent.reduce(0) { $0 + $1.count }) {
            "\($0) of the last \($1) tasks failed."
        }
    }

    /// The calls of one model that its endpoint did not serve.
    public static func condition(_ service: ModelService) -> AlertCondition {
        condition(failed: service.unavailable, of: service.count) {
            "\($0) of the last \($1) tasks found the model unavailable."
        }
    }

    private static func condition(
        failed: Int64, of count: Int64, _ message: (Int64, Int64) -> String
    ) -> AlertCondition {
        guard count > 0 else { return .absent }
        let share = Double(failed) / Double(count)
        if share < lowerBound { return .absent }
        guard count >= fewestTasks, leastShare(failed, of: count) > bound else { return .unclear }
        return .present(
            AlertFinding(
                share >= critical ? .critical : .warning, message(failed, count),
                details: ["failed": .integer(failed), "tasks": .integer(count), "share": .number(share)]))
    }

    private static func leastShare(_ failed: Int64, of count: Int64) -> Double {
        let (n, share, square) = (Double(count), Double(failed) / Double(count), quantile * quantile)
        let margin = quantile * (share * (1 - share) / n + square / (4 * n * n)).squareRoot()
        return (share + square / (2 * n) - margin) / (1 + square / n)
    }
}
