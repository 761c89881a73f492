import HoneIntelligence

/// A figure with its 95 % interval.
public struct IntervalFigures: Sendable, Codable, Hashable {
    public var mean: Double
    public var low: Double
    public var high: Double
}

/// A mean of so many scores with its 95 % interval.
public struct MeanFigures: Sendable, Codable, Hashable {
    public var count: Int64
    public var mean: Double
    public var low: Double
    public var high: Double
}

extension MeanFigures {
    /// Within 0…1, as all that is published.
    init(_ estimate: MeanEstimate) {
        func within(_ value: Double) -> Double { min(1, max(0, value)) }
        self.init(
            count: Int64(estimate.count), mean: within(estimate.mean), low: within(estimate.mean - estimate.halfWidth),
            high: within(estimate.mean + estimate.halfWidth))
    }
}

extension IntervalFigures {
    init(_ effect: ChangeEffect) {
        self.init(
            mean: effect.change, low: effect.change - effect.halfWidth, high: effect.change + effect.halfWidth)
    }
}
