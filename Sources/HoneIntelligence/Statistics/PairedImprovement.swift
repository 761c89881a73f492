/// How much more often the same cases are passed than before, with a 95 % interval for paired proportions: Wald's, with one
/// win and one loss added (Bonett and Price, J. Educ. Behav. Stat. 37, 2012).
public struct PairedImprovement: Hashable, Sendable {
    /// Cases with a verdict both times.
    public let cases: Int
    /// Passed now and not before, and the reverse; in order.
    public let wins: [String]
    public let losses: [String]
    public let gain: IntervalEstimate

    /// Verdicts by case. Nil without a case that has both.
    public init?(before: [String: Bool], after: [String: Bool]) {
        let both = Set(before.keys).intersection(after.keys).sorted()
        guard !both.isEmpty else { return nil }
        cases = both.count
        wins = both.filter { before[$0] == false && after[$0] == true }
        losses = both.filter { before[$0] == true && after[$0] == false }
        gain = Self.gain(wins: Double(wins.count), losses: Double(losses.count), of: Double(cases))
    }

    private static func gain(wins: Double, losses: Double, of cases: Double) -> IntervalEstimate {
        let (won, lost) = ((wins + 1) / (cases + 2), (losses + 1) / (cases + 2))
        let centre = won - lost
        let width = 1.96 * ((won + lost - centre * centre) / (cases + 2)).squareRoot()
        return IntervalEstimate(value: (wins - losses) / cases, low: centre - width, high: centre + width)
            .within(-1...1)
    }
}
