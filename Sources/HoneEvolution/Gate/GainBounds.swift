/// Between what bounds the mean difference of a child and its parent lies: what the gate's own test does not refute, so that
/// they hold however often it looked (Waudby-Smith and Ramdas, JRSS B 86(1), 2024).
public struct GainBounds: Sendable, Hashable, Codable {
    private static let steps = 40

    public let low: Double
    public let high: Double

    /// Differences in −1…1; `level` holds for both bounds together.
    init(_ differences: [Double], level: Double) {
        low = Self.lower(differences, alpha: (1 - level) / 2)
        high = -Self.lower(differences.map { -$0 }, alpha: (1 - level) / 2)
    }

    /// The largest mean that the differences refute. Bets against a mean of m win (D − m)/(1 + m), which is at least −1.
    private static func lower(_ differences: [Double], alpha: Double) -> Double {
        var (low, high) = (-1.0, 1.0)
        for _ in 0..<steps {
            let mean = (low + high) / 2
            var martingale = TestMartingale()
            for difference in differences { martingale.add((difference - mean) / (1 + mean), atMost: .infinity) }
            if martingale.proves(at: alpha) { low = mean } else { high = mean }
        }
        return low
    }
}
