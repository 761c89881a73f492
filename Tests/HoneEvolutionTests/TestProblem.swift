import Foundation
import HoneCore

@testable import HoneEvolution

/// A problem whose best front is known: ZDT1–3 (Zitzler, Deb and Thiele, 2000) and DTLZ2 (Deb et al., 2002).
/// Objectives are turned round, since everything here is to be made large.
enum TestProblem: CaseIterable, Sendable {
    case zdt1, zdt2, zdt3, dtlz2

    var variables: Int { self == .dtlz2 ? 12 : 30 }

    func objectives(_ x: [Double]) -> [Double] {
        switch self {
        case .zdt1: zdt(x) { f, g in 1 - (f / g).squareRoot() }
        case .zdt2: zdt(x) { f, g in 1 - (f / g) * (f / g) }
        case .zdt3: zdt(x) { f, g in 1 - (f / g).squareRoot() - f / g * sin(10 * .pi * f) }
        case .dtlz2: sphere(x)
        }
    }

    private func zdt(_ x: [Double], _ shape: (Double, Double) -> Double) -> [Double] {
        let g = 1 + 9 * x.dropFirst().reduce(0, +) / Double(x.count - 1)
        return [-x[0], -g * shape(x[0], g)]
    }

    private func sphere(_ x: [Double]) -> [Double] {
        let g = x.dropFirst(2).reduce(0) { $0 + ($1 - 0.5) * ($1 - 0.5) }
        let (a, b) = (x[0] * .pi / 2, x[1] * .pi / 2)
        return [-(1 + g) * cos(a) * cos(b), -(1 + g) * cos(a) * sin(b), -(1 + g) * sin(a)]
    }

    /// Points spread over the best front.
    var front: [[Double]] {
        let steps = (0...500).map { Double($0) / 500 }
        switch self {
        case .zdt1, .zdt2: return steps.map { objectives([$0] + [Double](repeating: 0, count: 29)) }
        case .zdt3:
            let curve = steps.map { objectives([$0] + [Double](repeating: 0, count: 29)) }
            return ParetoFronts(of: ObjectiveTable(curve)).fronts[0].map { curve[$0] }
        case .dtlz2:
            let grid = (0...30).map { Double($0) / 30 }
            return grid.flatMap { a in grid.map { b in sphere([a, b] + [Double](repeating: 0.5, count: 10)) } }
        }
    }

    /// The mean distance from the best front's points to the nearest one found (inverted generational distance).
    func invertedGenerationalDistance(of found: [[Double]]) -> Double {
        let front = front
        let nearest = front.map { best in found.map { Self.distance($0, best) }.min() ?? .infinity }
        return nearest.reduce(0, +) / Double(front.count)
    }

    private static func distance(_ one: [Double], _ other: [Double]) -> Double {
        zip(one, other).map { ($0 - $1) * ($0 - $1) }.reduce(0, +).squareRoot()
    }

    /// The area that two objectives cover above (−1.1, −1.1), by sweeping (hypervolume).
    static func area(of found: [[Double]]) -> Double {
        var (area, floor) = (0.0, -1.1)
        for point in found.filter({ $0[0] > -1.1 && $0[1] > -1.1 }).sorted(by: { $0[0] > $1[0] }) where point[1] > floor
        {
            area += (point[0] + 1.1) * (point[1] - floor)
            floor = point[1]
        }
        return area
    }
}

/// Simulated binary crossover (η = 15, chance 0.9) and polynomial mutation (η = 20, chance 1/n): Deb and Agrawal, 1995.
struct RealVariation: Variation {
    func cross(
        _ first: [Double], _ second: [Double], using generator: inout SeededGenerator
    ) -> ([Double], [Double]) {
        var (one, other) = (first, second)
        guard generator.nextUnit() < 0.9 else { return (one, other) }
        for place in one.indices where generator.nextUnit() < 0.5 {
            let u = generator.nextUnit()
            let beta = pow(u <= 0.5 ? 2 * u : 1 / (2 * (1 - u)), 1 / 16.0)
            let (a, b) = (one[place], other[place])
            one[place] = min(1, max(0, 0.5 * ((1 + beta) * a + (1 - beta) * b)))
            other[place] = min(1, max(0, 0.5 * ((1 - beta) * a + (1 + beta) * b)))
            if generator.nextUnit() < 0.5 { (one[place], other[place]) = (other[place], one[place]) }
        }
        return (one, other)
    }

    func mutate(_ genome: [Double], using generator: inout SeededGenerator) -> [Double] {
        genome.map { value in
            guard generator.nextUnit() < 1 / Double(genome.count) else { return value }
            let u = generator.nextUnit()
            let delta = u < 0.5 ? pow(2 * u, 1 / 21.0) - 1 : 1 - pow(2 * (1 - u), 1 / 21.0)
            return min(1, max(0, value + delta))
        }
    }
}
