public import HoneCore

/// What tasks of a category and complexity usually cost and take; efficiency is measured against it.
public struct EfficiencyReference: Hashable, Sendable {
    public var cost: MicroUSD
    public var durationSeconds: Double

    public init(cost: MicroUSD, durationSeconds: Double) {
        self.cost = cost
        self.durationSeconds = durationSeconds
    }

    /// The fewest tasks whose median is believed; until then a setting stands in.
    public static let fewestTasks = 20

    /// The medians of recent successful tasks, or `fallback` while there are too few of them.
    public init(costs: [MicroUSD], durationsSeconds: [Double], fallback: EfficiencyReference) {
        cost =
            costs.count < Self.fewestTasks
            ? fallback.cost : MicroUSD(Int64(quantile(0.5, of: costs.map { Double($0.rawValue) }).rounded()))
        durationSeconds =
            durationsSeconds.count < Self.fewestTasks ? fallback.durationSeconds : quantile(0.5, of: durationsSeconds)
    }

    /// 0…1: one half for cost, one half for duration, each full up to the reference and falling beyond it. With an
    /// unknown price the duration decides alone.
    public func efficiency(cost spent: MicroUSD?, durationSeconds: Double) -> Double {
        let time = Self.thrift(durationSeconds, against: self.durationSeconds)
        guard let spent else { return time }
        return (Self.thrift(Double(spent.rawValue), against: Double(cost.rawValue)) + time) / 2
    }

    /// min(1, 2 / (1 + x)) where x is the ratio to the reference.
    private static func thrift(_ amount: Double, against reference: Double) -> Double {
        guard amount > 0 else { return 1 }
        guard reference > 0 else { return 0 }
        return min(1, 2 / (1 + amount / reference))
    }
}

/// The value below which the share `p` of `values` lies, interpolated linearly (Hyndman and Fan's type 7); 0 for none.
public func quantile(_ p: Double, of values: [Double]) -> Double {
    let sorted = values.sorted()
    guard let last = sorted.indices.last else { return 0 }
    let place = min(max(p, 0), 1) * Double(last)
    let below = Int(place)
    guard below < last else { return sorted[last] }
    return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
}
