import HoneCore
import Metrics

/// Counts what this process sets aside, spends, and is refused. The labels are scopes: a closed set.
struct SpendingMetrics: Sendable {
    private let reserved = Counter(label: "hone.budget.reserved_micro_usd")
    private let spent = Counter(label: "hone.budget.spent_micro_usd")
    /// Calls that may have been billed though nobody counted: they are spent whole, and not in `spent`.
    private let uncounted = Counter(label: "hone.budget.uncounted_calls")
    private let refused = Dictionary(
        uniqueKeysWithValues: BudgetScope.allCases.map { scope in
            (scope, Counter(label: "hone.budget.refused", dimensions: [("scope", scope.rawValue)]))
        })

    func count(_ outcome: ReservationOutcome) {
        switch outcome {
        case .granted(let amount): reserved.increment(by: amount.rawValue)
        case .refused(let refusal): refused[refusal.cap.account.scope]?.increment()
        }
    }

    func count(_ settlement: CallSettlement) {
        if let cost = settlement.cost {
            spent.increment(by: cost.rawValue)
        } else {
            uncounted.increment()
        }
    }
}
