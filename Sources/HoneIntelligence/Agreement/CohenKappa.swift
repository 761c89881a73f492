/// Cohen's κ: how far two raters agree on pass and fail beyond what chance would do (Cohen, 1960).
public struct CohenKappa: Hashable, Sendable {
    public let count: Int
    /// The share of cases on which both said the same; nil without cases.
    public let agreement: Double?
    /// Nil where it is not defined: without cases, or when both raters only ever say the same word.
    public let value: Double?
    /// The 95 % interval (Fleiss, Cohen and Everitt, 1969); nil where the cases show no spread to tell it from.
    public let interval: ClosedRange<Double>?

    public init(_ pairs: [(Bool, Bool)]) {
        count = pairs.count
        guard !pairs.isEmpty else {
            (agreement, value, interval) = (nil, nil, nil)
            return
        }
        let table = Table(pairs)
        agreement = table.observed
        let value = table.expected < 1 ? (table.observed - table.expected) / (1 - table.expected) : nil
        self.value = value
        interval = value.flatMap { table.interval(around: $0) }
    }

    /// Shares of the four cases.
    private struct Table {
        var cells = [[0.0, 0.0], [0.0, 0.0]]
        let count: Double

        init(_ pairs: [(Bool, Bool)]) {
            count = Double(pairs.count)
            for (left, right) in pairs { cells[left ? 1 : 0][right ? 1 : 0] += 1 }
            cells = cells.map { [$0[0] / count, $0[1] / count] }
        }

        func left(_ word: Int) -> Double { cells[word][0] + cells[word][1] }
        func right(_ word: Int) -> Double { cells[0][word] + cells[1][word] }
        var observed: Double { cells[0][0] + cells[1][1] }
        var expected: Double { left(0) * right(0) + left(1) * right(1) }

        func interval(around kappa: Double) -> ClosedRange<Double>? {
            let rest = 1 - kappa
            var sum = -(kappa - expected * rest) * (kappa - expected * rest)
            for one in 0...1 {
                for other in 0...1 {
                    let weight = one == other ? 1 - (left(one) + right(one)) * rest : rest * (right(one) + left(other))
                    sum += cells[one][other] * weight * weight
                }
            }
            let variance = sum / (count * (1 - expected) * (1 - expected))
            guard variance > 1e-12 else { return nil }
            let reach = 1.96 * variance.squareRoot()
            return max(-1, kappa - reach)...min(1, kappa + reach)
        }
    }
}
