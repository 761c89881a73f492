public import HoneCore

/// When an agent's runs call for a better prompt.
public struct ObservationRules: Sendable, Hashable {
    /// Fewer runs say nothing.
    public var leastRuns: Int
    /// The upper bound of the success rate must be below this.
    public var successBelow: Double
    /// The mean cost of runs whose price is known must be above this.
    public var costAbove: MicroUSD

    public init(leastRuns: Int = 10, successBelow: Double = 0.5, costAbove: MicroUSD = MicroUSD(100_000)) {
        self.leastRuns = leastRuns
        self.successBelow = successBelow
        self.costAbove = costAbove
    }

    /// What calls for it in these runs; nil when nothing does.
    public func finding(in runs: [ObservedRun]) -> ObservationFinding? {
        let judged = runs.filter { $0.outcome != .unknown }
        let rate = SuccessRate(passed: judged.count { $0.outcome == .passed }, of: judged.count)
        let cost = meanCost(of: runs)
        var reasons: [ObservationFinding.Reason] = []
        if rate.runs >= leastRuns, rate.high < successBelow { reasons.append(.successRate) }
        if let cost, cost > costAbove.dollars { reasons.append(.cost) }
        guard !reasons.isEmpty else { return nil }
        return ObservationFinding(
            reasons: reasons, runs: runs.count, success: rate, meanCostUSD: cost,
            clusters: FailureCluster.all(in: runs), categories: Self.categories(of: runs, reasons))
    }

    /// In dollars; nil when too few prices are known.
    private func meanCost(of runs: [ObservedRun]) -> Double? {
        let costs = runs.compactMap { $0.cost?.dollars }
        return costs.count >= max(1, leastRuns) ? costs.reduce(0, +) / Double(costs.count) : nil
    }

    /// The categories that need it most come first: those of the failures, or where cost is the only reason, of all runs.
    private static func categories(
        of runs: [ObservedRun], _ reasons: [ObservationFinding.Reason]
    ) -> [HoneCore.Category] {
        let telling = reasons.contains(.successRate) ? runs.filter { $0.failure != nil } : runs
        let counts = Dictionary(grouping: telling, by: \.category).mapValues(\.count)
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    }
}

/// What was found wrong with an agent's last runs.
public struct ObservationFinding: Sendable, Hashable {
    public enum Reason: String, Sendable, Hashable, Codable {
        case successRate = "success_rate"
        case cost
    }

    public var reasons: [Reason]
    public var runs: Int
    public var success: SuccessRate
    public var meanCostUSD: Double?
    /// The most frequent failures first.
    public var clusters: [FailureCluster]
    /// Where a better prompt is needed, the neediest first.
    public var categories: [HoneCore.Category]
}
