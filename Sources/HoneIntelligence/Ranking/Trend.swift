/// Whether an agent's work got better this week.
public enum Trend: String, Codable, Sendable {
    case up, down, stable

    /// Smaller changes of the weekly mean are noise.
    static let threshold = Millionths(0.02)

    /// Compares the mean of the last seven days with that of the seven before; `stable` when either has no scores.
    public init(thisWeek: QualitySample, lastWeek: QualitySample) {
        guard let now = thisWeek.mean, let before = lastWeek.mean else {
            self = .stable
            return
        }
        let change = Millionths(now) - Millionths(before)
        self = change > Self.threshold ? .up : change < .zero - Self.threshold ? .down : .stable
    }
}
