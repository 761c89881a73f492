/// The chance that each of several independent normal variables is the greatest: the propensities of Thompson sampling.
///
/// P(i) = ∫ Π_{j≠i} Φⱼ dΦᵢ, as a Stieltjes sum over a grid of quantiles of all of them, which needs no density and so
/// stays right for the sharpest beliefs. Those without any uncertainty are one point: the best of them (the first among
/// equals) stands for all.
struct ChanceOfMaximum {
    /// Points of the grid.
    static let resolution = 128

    private let beliefs: [UtilityBelief]
    /// The only certain variable that can win.
    private let bestCertain: Int?
    /// The least that the greatest will be, but for a chance of 10⁻⁹.
    private let floor: Double
    private let ceiling: Double

    init(_ beliefs: [UtilityBelief]) {
        self.beliefs = beliefs
        var best: Int?
        var floor = -Double.infinity
        var ceiling = -Double.infinity
        for (index, belief) in beliefs.enumerated() {
            if belief.deviation <= 0, best.map({ belief.mean > beliefs[$0].mean }) ?? true { best = index }
            floor = max(floor, belief.mean - NormalDistribution.reach * max(0, belief.deviation))
            ceiling = max(ceiling, belief.mean + NormalDistribution.reach * max(0, belief.deviation))
        }
        bestCertain = best
        self.floor = floor
        self.ceiling = ceiling
    }

    /// One per belief, in their order; they add up to 1.
    func probabilities() -> [Double] {
        var chances = [Double](repeating: 0, count: beliefs.count)
        let contenders = beliefs.indices.filter { index in
            let belief = beliefs[index]
            return belief.deviation > 0 && belief.mean + NormalDistribution.reach * belief.deviation > floor
        }
        guard !contenders.isEmpty else {
            if let bestCertain { chances[bestCertain] = 1 }
            return chances
        }
        if let bestCertain { chances[bestCertain] = chance(of: beliefs[bestCertain].mean, against: contenders) }
        integrate(contenders, into: &chances)
        let total = chances.reduce(0, +)
        for index in chances.indices where total > 0 { chances[index] /= total }
        return chances
    }

    private func chance(of certain: Double, against contenders: [Int]) -> Double {
        contenders.reduce(1) { product, index in
            product * NormalDistribution.exact((certain - beliefs[index].mean) / beliefs[index].deviation)
        }
    }

    private func integrate(_ contenders: [Int], into chances: inout [Double]) {
        let distribution = NormalDistribution.shared
        let count = contenders.count
        let means = contenders.map { beliefs[$0].mean }
        let sharpness = contenders.map { 1 / beliefs[$0].deviation }
        // Taken in turns: to make one anew for every point costs as much as the sum.
        var (here, below) = ([Double](repeating: 0, count: count), [Double](repeating: 0, count: count))
        var othersBelow = [Double](repeating: 0, count: count)
        var sums = [Double](repeating: 0, count: count)
        for (step, point) in grid(contenders).enumerated() {
            var product = 1.0
            var zeros = 0
            for index in 0..<count {
                here[index] = distribution.cumulative((point - means[index]) * sharpness[index])
                if here[index] > 0 { product *= here[index] } else { zeros += 1 }
            }
            for index in 0..<count {
                let others = here[index] > 0 ? (zeros == 0 ? product / here[index] : 0) : (zeros == 1 ? product : 0)
                if step > 0 { sums[index] += (here[index] - below[index]) * (others + othersBelow[index]) / 2 }
                othersBelow[index] = others
            }
            swap(&here, &below)
        }
        for (index, contender) in contenders.enumerated() { chances[contender] = max(0, sums[index]) }
    }

    /// Quantiles of the mixture of all contenders between floor and ceiling: dense where any of them is.
    private func grid(_ contenders: [Int]) -> [Double] {
        let each = max(5, Self.resolution / contenders.count)
        var points: [Double] = [floor, ceiling]
        points.reserveCapacity(each * contenders.count + 2)
        for index in contenders {
            for step in 0..<each {
                let z = 4 * ((2 * Double(step) + 1) / Double(each) - 1)
                let point = beliefs[index].mean + z * beliefs[index].deviation
                if point > floor, point < ceiling { points.append(point) }
            }
        }
        points.sort()
        let stride = max(1, points.count / Self.resolution)
        guard stride > 1 else { return points }
        return points.indices.filter { $0 % stride == 0 || $0 == points.count - 1 }.map { points[$0] }
    }
}
