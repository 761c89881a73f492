/// A value and the interval that is meant to hold the truth, usually with 95 % confidence.
public struct IntervalEstimate: Hashable, Sendable {
    public let value: Double
    public let low: Double
    public let high: Double

    public init(value: Double, low: Double, high: Double) {
        self.value = value
        self.low = low
        self.high = high
    }

    /// By Student's t: `variance` is that of the value, `confidence` the chance that the interval holds the truth.
    public init(_ value: Double, variance: Double, degrees: Double, confidence: Double = 0.95) {
        let reach = StudentT.quantile((1 + confidence) / 2, degrees: degrees) * max(0, variance).squareRoot()
        self.init(value: value, low: value - reach, high: value + reach)
    }

    /// Cut to what the value can be.
    public func within(_ range: ClosedRange<Double>) -> IntervalEstimate {
        func cut(_ number: Double) -> Double { min(range.upperBound, max(range.lowerBound, number)) }
        return IntervalEstimate(value: cut(value), low: cut(low), high: cut(high))
    }

    public func contains(_ truth: Double) -> Bool { low <= truth && truth <= high }
}
