import Testing

@testable import HoneEvolution

@Suite("benchmarks that can carry an optimization")
struct BenchmarkFitnessTests {
    @Test("a suite without cases to learn from, to choose by, or to prove with is refused, and says which")
    func refused() {
        let suites = [
            (BenchmarkFitness(train: 0, validation: 9, holdout: 90, controls: 5), "train"),
            (BenchmarkFitness(train: 9, validation: 0, holdout: 90, controls: 5), "validation"),
            (BenchmarkFitness(train: 9, validation: 9, holdout: 12, controls: 5), "holdout has 7 cases"),
        ]
        for (suite, word) in suites {
            #expect(suite.refusal?.contains(word) == true && suite.warnings.count == 1)
        }
    }

    @Test("few pairs and few controls are warned of; enough of both is fine")
    func warned() {
        let small = BenchmarkFitness(train: 9, validation: 9, holdout: 20, controls: 2)
        #expect(small.refusal == nil && small.warnings.count == 2)
        #expect(BenchmarkFitness(train: 9, validation: 9, holdout: 60, controls: 5).warnings.isEmpty)
    }

    @Test("with one pair fewer than is asked for not even a prompt that wins them all is proved better")
    func fewest() {
        let alpha = ErrorBudget().share(ofGate: 1)
        func isProved(after wins: Int) -> Bool {
            var martingale = TestMartingale()
            for _ in 0..<wins { martingale.add(1) }
            return martingale.proves(at: alpha)
        }
        #expect(isProved(after: BenchmarkFitness.fewestPairs) && !isProved(after: BenchmarkFitness.fewestPairs - 1))
    }
}
