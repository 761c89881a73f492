import Foundation

extension RandomNumberGenerator {
    /// Uniform in 0..<1, from the upper 53 bits.
    public mutating func nextUnit() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// A standard normal draw by Marsaglia's polar method. The pair's second draw is thrown away, so that nothing has
    /// to be remembered between calls.
    public mutating func nextNormal() -> Double {
        while true {
            let x = 2 * nextUnit() - 1
            let y = 2 * nextUnit() - 1
            let square = x * x + y * y
            if square > 0, square < 1 { return x * (-2 * log(square) / square).squareRoot() }
        }
    }

    /// A draw from N(mean, deviation²); a deviation of 0 gives the mean.
    public mutating func nextNormal(mean: Double, deviation: Double) -> Double {
        deviation > 0 ? mean + deviation * nextNormal() : mean
    }
}
