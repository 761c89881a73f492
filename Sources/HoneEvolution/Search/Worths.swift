import Foundation

/// What the mean score of every candidate over all cases would be, as far as all results tell.
///
/// Each kind of case is reckoned by itself (``KindWorths``), and the worths are put together by how many cases a kind has
/// (post-stratification): who gains on one kind what it loses on another is no better for being tried more on the one.
struct Worths: Sendable {
    /// The variance of a child's worth around its parents'. That of several kinds evens out in their mean.
    private static let step = 0.03

    private(set) var means: [Double]
    private let kinds: [(share: Double, worths: KindWorths)]

    init(of board: Scoreboard, on groups: [[String]]) {
        let total = Double(groups.reduce(0) { $0 + $1.count })
        let kinds = groups.map { cases in
            let step = Self.step * Double(groups.count)
            return (share: Double(cases.count) / total, worths: KindWorths(of: board, on: cases, step: step))
        }
        self.kinds = kinds
        means = board.candidates.indices.map { number in
            kinds.reduce(0) { $0 + $1.share * $1.worths.means[number] }
        }
    }

    /// The chance that one candidate is better, by so much, than another that it descends from.
    func chance(that child: Int, beats parent: Int, by gain: Double = 0) -> Double {
        let variance = kinds.reduce(0) { $0 + $1.share * $1.share * $1.worths.variance(of: child) }
        return Self.normal((means[child] - means[parent] - gain) / variance.squareRoot())
    }

    /// The best, of equals the latest: it was accepted for a gain elsewhere.
    func best(of pool: [Int]) -> Int {
        pool.max { means[$0] == means[$1] ? $0 < $1 : means[$0] < means[$1] } ?? 0
    }

    /// The standard normal distribution function, by the logistic one that comes within 0.01 of it.
    private static func normal(_ value: Double) -> Double { 1 / (1 + exp(-1.702 * value)) }
}
