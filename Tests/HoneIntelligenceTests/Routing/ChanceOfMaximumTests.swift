import HoneCore
import Testing

@testable import HoneIntelligence

@Suite("chance of being the maximum", .computing)
struct ChanceOfMaximumTests {
    static func chances(_ beliefs: [(Double, Double)]) -> [Double] {
        ChanceOfMaximum(beliefs.map { UtilityBelief(mean: $0.0, deviation: $0.1) }).probabilities()
    }

    static func simulated(_ beliefs: [(Double, Double)], draws: Int = 200_000) -> [Double] {
        var generator = SeededGenerator(seed: UInt64(17))
        var wins = [Double](repeating: 0, count: beliefs.count)
        for _ in 0..<draws {
            let values = beliefs.map { generator.nextNormal(mean: $0.0, deviation: $0.1) }
            wins[PolicyChoice.indexOfHighest(values)] += 1
        }
        return wins.map { $0 / Double(draws) }
    }

    @Test(
        "quadrature agrees with simulation",
        arguments: [
            [(0.5, 0.1), (0.6, 0.1)], [(0.5, 0.1), (0.5, 0.1), (0.5, 0.1)], [(0.8, 0.01), (0.5, 0.2), (0.6, 0.15)],
            [(0.7, 0.001), (0.7005, 0.001), (0.5, 0.158)], [(0.7, 0), (0.6, 0.1), (0.65, 0.05)],
            [(0.7, 0), (0.8, 0), (0.6, 0.2)], [(-3, 0.5), (-2.5, 0.4), (-2.9, 1)],
            [(0.9, 0.002), (0.2, 0.01), (0.9, 0.02), (0.88, 0.05), (0.5, 0.3)],
        ])
    func agreement(beliefs: [(Double, Double)]) {
        let exact = Self.chances(beliefs)
        for (chance, share) in zip(exact, Self.simulated(beliefs)) { #expect(abs(chance - share) < 0.006) }
        #expect(isClose(exact.reduce(0, +), 1))
    }

    @Test("and so it does for a hundred agents of every sharpness")
    func many() {
        var generator = SeededGenerator(seed: UInt64(23))
        let beliefs = (0..<100).map { _ in
            (0.5 + 0.3 * generator.nextUnit(), 0.5 / Double.random(in: 10...3_000, using: &generator).squareRoot())
        }
        let exact = Self.chances(beliefs)
        for (chance, share) in zip(exact, Self.simulated(beliefs, draws: 50_000)) {
            #expect(abs(chance - share) < 0.01)
        }
        #expect(isClose(exact.reduce(0, +), 1))
    }

    @Test("two normals have the chance that theory says")
    func closedForm() {
        let chance = Self.chances([(0.6, 0.03), (0.5, 0.04)])[0]
        // Φ(0.1 / 0.05)
        #expect(isClose(chance, 0.977_249_868, within: 2e-4))
    }

    @Test("equal beliefs have equal chances")
    func symmetry() {
        #expect(Self.chances(Array(repeating: (0.4, 0.1), count: 7)).allSatisfy { isClose($0, 1.0 / 7, within: 1e-9) })
    }

    @Test("certain ones decide by value, and the first among equals wins")
    func certainty() {
        #expect(Self.chances([(0.4, 0), (0.7, 0), (0.7, 0)]) == [0, 1, 0])
        #expect(Self.chances([(0.3, 0)]) == [1])
        #expect(Self.chances([(0.3, 0.2)]) == [1])
        #expect(Self.chances([(5, 0), (0, 0.1)]) == [1, 0])
        #expect(Self.chances([(0, 0.1), (-5, 0)]) == [1, 0])
    }

    @Test("the table of Φ is right to six digits")
    func table() {
        for step in -700...700 {
            let z = Double(step) / 100 + 0.0013
            #expect(abs(NormalDistribution.shared.cumulative(z) - NormalDistribution.exact(z)) < 1e-6)
        }
    }
}
