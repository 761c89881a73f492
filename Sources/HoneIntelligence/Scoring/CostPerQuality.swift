public import HoneCore

/// What a point of quality costs, in dollars.
public enum CostPerQuality {
    /// Cost over score; nil when the score is 0 or unknown, or the price is.
    public static func point(cost: MicroUSD?, overall: Double?) -> Double? {
        guard let cost, let overall, overall > 0 else { return nil }
        return cost.dollars / overall
    }

    /// Over many tasks it is the ratio of the sums, never the mean of ratios.
    public static func point(totalCost: MicroUSD, totalOverall: Millionths) -> Double? {
        totalOverall > .zero ? totalCost.dollars / totalOverall.value : nil
    }
}
