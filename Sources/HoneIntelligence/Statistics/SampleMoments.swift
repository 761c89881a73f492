/// How many values a sample has, their mean and their spread; samples can be put together.
public struct SampleMoments: Hashable, Sendable {
    public let count: Int
    /// 0 for an empty sample.
    public let mean: Double
    /// The sum of squared deviations from the mean.
    public let squares: Double

    public init(count: Int = 0, mean: Double = 0, squares: Double = 0) {
        self.count = max(0, count)
        self.mean = count > 0 ? mean : 0
        self.squares = count > 1 ? max(0, squares) : 0
    }

    public init(_ values: some Collection<Double>) {
        let mean = values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
        self.init(
            count: values.count, mean: mean, squares: values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) })
    }

    /// The unbiased variance; nil for fewer than two values.
    public var variance: Double? { count > 1 ? squares / Double(count - 1) : nil }

    /// Of both samples together (Chan, Golub and LeVeque, 1983).
    public static func + (left: SampleMoments, right: SampleMoments) -> SampleMoments {
        let count = left.count + right.count
        guard left.count > 0, right.count > 0 else { return left.count > 0 ? left : right }
        let step = right.mean - left.mean
        let share = Double(right.count) / Double(count)
        return SampleMoments(
            count: count, mean: left.mean + step * share,
            squares: left.squares + right.squares + step * step * Double(left.count) * share)
    }
}
