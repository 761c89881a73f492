/// Watches standardized residuals for a lasting fall of their mean: E. S. Page, "Continuous inspection schemes",
/// Biometrika 41 (1954); D. V. Hinkley, "Inference about the change-point from cumulative-sum tests", Biometrika 58 (1971).
///
/// With independent standard normal residuals the mean time to a false alarm is about
/// (e^(2δb) − 2δb − 1) / (2δ²), b = λ + 1.166 (D. Siegmund, Sequential Analysis, 1985): 140,000 points for δ = ½, λ = 10.
struct PageHinkley {
    /// δ: half of the smallest fall that is worth finding, in standard deviations of a point.
    static let allowance = 0.5
    /// λ: how much evidence raises the alarm.
    static let threshold = 10.0

    /// How far the sum of residuals is below its highest value so far; 0 while nothing speaks for a fall.
    private(set) var statistic = 0.0

    var isAlarmed: Bool { statistic > Self.threshold }

    mutating func add(_ residual: Double) {
        statistic = max(0, statistic - residual - Self.allowance)
    }
}
