import Foundation
import HoneCore
import HoneMessages
import HoneStore

extension OptimizationRecord {
    /// Where it must end, whatever it has found.
    var wishes: OptimizationRequested.Budget {
        OptimizationRequested.Budget(
            maxCostUSD: budget["max_cost_usd"]?.double, maxRollouts: budget["max_rollouts"]?.int,
            maxMinutes: budget["max_minutes"]?.double)
    }

    /// What it may spend besides the caps of the installation.
    var cap: SpendingCap? {
        wishes.maxCostUSD.map { SpendingCap(.optimization(id), limit: MicroUSD(dollars: $0)) }
    }

    /// When its time is over; `longest` is the operator's own limit.
    func deadline(longest: TimeInterval) -> Date? {
        startedAt?.addingTimeInterval(min(longest, wishes.maxMinutes.map { $0 * 60 } ?? longest))
    }
}
