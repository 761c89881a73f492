import Foundation

/// Spearman's ρ: whether two raters put cases into the same order; equal scores share their ranks.
public struct RankCorrelation: Hashable, Sendable {
    public let count: Int
    /// −1…1; nil for fewer than three cases, or when one rater gives every case the same score.
    public let value: Double?
    /// The 95 % interval by Fisher's transform (Bonett and Wright, 2000); nil for a perfect order and fewer than ten cases.
    public let interval: ClosedRange<Double>?

    public init(_ pairs: [(Double, Double)]) {
        count = pairs.count
        let value = count < 3 ? nil : Self.correlation(Self.ranks(pairs.map(\.0)), Self.ranks(pairs.map(\.1)))
        self.value = value
        interval = value.flatMap { Self.interval(around: $0, count: pairs.count) }
    }

    /// 1 for the smallest; equal values have the mean of their places.
    static func ranks(_ values: [Double]) -> [Double] {
        let order = values.indices.sorted { values[$0] < values[$1] }
        var ranks = [Double](repeating: 0, count: values.count)
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
            for place in start..<end { ranks[order[place]] = Double(start + 1 + end) / 2 }
            start = end
        }
        return ranks
    }

    private static func correlation(_ left: [Double], _ right: [Double]) -> Double? {
        let middle = Double(left.count + 1) / 2
        var (both, ofLeft, ofRight) = (0.0, 0.0, 0.0)
        for (x, y) in zip(left, right) {
            both += (x - middle) * (y - middle)
            ofLeft += (x - middle) * (x - middle)
            ofRight += (y - middle) * (y - middle)
        }
        guard ofLeft > 0, ofRight > 0 else { return nil }
        return min(1, max(-1, both / (ofLeft * ofRight).squareRoot()))
    }

    private static func interval(around rho: Double, count: Int) -> ClosedRange<Double>? {
        guard count >= 10, abs(rho) < 1 else { return nil }
        let reach = 1.96 * ((1 + rho * rho / 2) / Double(count - 3)).squareRoot()
        return tanh(atanh(rho) - reach)...tanh(atanh(rho) + reach)
    }
}
