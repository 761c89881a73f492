import HoneCore

/// How many times the parent's total the child's is, with one-sided bounds from a paired percentile bootstrap
/// (Efron and Tibshirani, 1993, §13.3).
public struct RatioBounds: Sendable, Hashable, Codable {
    private static let resamples = 2_000

    public let ratio: Double
    public let low: Double
    public let high: Double

    /// `level` holds for each of the two bounds by itself. Nil without pairs.
    init?(child: [Double], parent: [Double], level: Double, seed: UInt64) {
        precondition(child.count == parent.count, "pairs")
        guard !child.isEmpty else { return nil }
        var generator = SeededGenerator(seed: seed)
        let ratio = Self.ratio(child.reduce(0, +), parent.reduce(0, +))
        self.ratio = ratio
        guard zip(child, parent).contains(where: { $0 != ratio * $1 }) else {
            // Every resample gives the same ratio.
            (low, high) = (ratio, ratio)
            return
        }
        let ratios = (0..<Self.resamples).map { _ in
            var sums = (child: 0.0, parent: 0.0)
            for _ in child.indices {
                let pick = Int.random(in: child.indices, using: &generator)
                sums.child += child[pick]
                sums.parent += parent[pick]
            }
            return Self.ratio(sums.child, sums.parent)
        }.sorted()
        let tail = Int((1 - level) * Double(Self.resamples))
        low = ratios[tail]
        high = ratios[Self.resamples - 1 - tail]
    }

    /// Nothing against nothing is even.
    private static func ratio(_ child: Double, _ parent: Double) -> Double {
        parent > 0 ? child / parent : child > 0 ? .infinity : 1
    }
}
