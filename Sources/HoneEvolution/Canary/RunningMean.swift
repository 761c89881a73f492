/// A mean and its error, in one pass (Welford, 1962).
struct RunningMean: Sendable, Hashable {
    private(set) var count = 0
    private(set) var mean = 0.0
    private var squares = 0.0

    mutating func add(_ value: Double) {
        count += 1
        let difference = value - mean
        mean += difference / Double(count)
        squares += difference * (value - mean)
    }

    /// 0 with fewer than two values.
    var standardError: Double {
        count > 1 ? (squares / Double(count - 1) / Double(count)).squareRoot() : 0
    }
}
