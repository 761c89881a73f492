/// What the mean score of every candidate over the cases of one kind would be, as far as all results tell.
///
/// A linear mixed model: a score is the candidate's worth, and the ease of the case, and noise. A child's worth is that of its
/// parents, give or take a step. So every result of a relative counts, cases that were chosen because they are hard do no
/// harm, and a few lucky cases make nobody the best. How much is noise is learnt from how often a child and its parent
/// differ on a case. Solved by Gauss–Seidel sweeps from the same start in the same order: the same results give the same
/// bytes.
struct KindWorths: Sendable {
    private static let sweeps = 12

    private(set) var means: [Double]
    private let counts: [Int]
    private let noise: Double
    private let step: Double

    /// `step` is the variance of a child's worth around its parents'.
    init(of board: Scoreboard, on cases: [String], step: Double) {
        self.step = step
        let table = ScoreTable(board, cases)
        let families = board.candidates.map(\.parents)
        let variances = table.variances(families)
        noise = variances.noise
        counts = table.rows.map(\.count)
        means = [Double](repeating: table.mean, count: families.count)
        solve(table, families, ease: variances.ease)
    }

    /// How far off a candidate's worth may be, given its parents'.
    func variance(of candidate: Int) -> Double { 1 / (1 / step + Double(counts[candidate]) / noise) }

    private mutating func solve(_ table: ScoreTable, _ families: [[Int]], ease variance: Double) {
        var children = families.map { _ in [Int]() }
        for (child, parents) in families.enumerated() { for parent in parents { children[parent].append(child) } }
        var ease = [Double](repeating: 0, count: table.columns.count)
        for _ in 0..<Self.sweeps {
            for number in families.indices {
                means[number] = worth(of: number, table.rows[number], ease, families, children[number])
            }
            for (place, column) in table.columns.enumerated() {
                let surplus = column.reduce(0) { $0 + $1.score - means[$1.place] }
                ease[place] = surplus / (Double(column.count) + noise / variance)
            }
        }
    }

    /// The weighted mean of what its own results, its parents and its children say.
    private func worth(
        of number: Int, _ row: [ScoreTable.Entry], _ ease: [Double], _ families: [[Int]], _ children: [Int]
    ) -> Double {
        var (weight, sum) = (Double(row.count) / noise, row.reduce(0) { $0 + $1.score - ease[$1.place] } / noise)
        weight += (number == 0 ? 0.01 : 1) / step
        sum += (number == 0 ? 0.01 * means[0] : mean(of: families[number])) / step
        for child in children {
            let share = 1 / Double(families[child].count)
            let others = mean(of: families[child]) - means[number] * share
            weight += share * share / step
            sum += share * (means[child] - others) / step
        }
        return sum / weight
    }

    private func mean(of numbers: [Int]) -> Double {
        numbers.isEmpty ? means[0] : numbers.reduce(0) { $0 + means[$1] } / Double(numbers.count)
    }
}
