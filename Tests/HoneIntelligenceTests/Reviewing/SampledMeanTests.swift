import Foundation
import HoneCore
import HoneIntelligence
import Testing

@Suite("Means of sampled reviews")
struct SampledMeanTests {
    private struct Work {
        let task: TaskID
        let score: Double
        let failedCheck: Bool
        let isDisputed: Bool
        let isOnProbation: Bool
    }

    /// Risky work is worse than the rest, which is why an unweighted mean of reviews misleads.
    private func works(_ seed: UInt64) -> [Work] {
        var generator = SeededGenerator(seed: seed)
        return (0..<600).map { number in
            let failed = generator.nextUnit() < 0.2
            let disputed = generator.nextUnit() < 0.05
            let probation = generator.nextUnit() < 0.1
            let score = max(0, 0.8 - (failed ? 0.5 : 0) - (disputed ? 0.3 : 0)) * generator.nextUnit().squareRoot()
            let task = TaskID(.v7(at: Date(timeIntervalSince1970: Double(number)), using: &generator))
            return Work(task: task, score: score, failedCheck: failed, isDisputed: disputed, isOnProbation: probation)
        }
    }

    private func error(_ works: [Work], rate: Double, isWeighted: Bool = true) -> Double {
        let sampling = ReviewSampling(rate: rate)
        let reviews = works.compactMap { work -> (score: Double, weight: Double)? in
            let decision = sampling.decide(
                work.task, isOnProbation: work.isOnProbation, failedCheck: work.failedCheck,
                isDisputed: work.isDisputed)
            guard case .review(let weight) = decision else { return nil }
            return (work.score, isWeighted ? weight : 1)
        }
        let truth = works.reduce(0) { $0 + $1.score } / Double(works.count)
        return (SampledMean(reviews).value ?? .nan) - truth
    }

    @Test(
        "weighed by what each review stands for, their mean is that of all work", arguments: [0.05, 0.2, 0.5, 0.9, 1])
    func unbiased(rate: Double) {
        let errors = SampleMoments((0..<150).map { error(works(UInt64($0)), rate: rate) })
        let doubt = ((errors.variance ?? 0) / Double(errors.count)).squareRoot()
        #expect(abs(errors.mean) <= 3 * doubt + 0.002, "\(errors)")
        // Without the weights the risky work is counted too often: this check can fail.
        if rate < 0.6 {
            #expect(
                SampleMoments((0..<30).map { error(works(UInt64($0)), rate: rate, isWeighted: false) }).mean < -0.02)
        }
    }

    @Test("without reviews there is no mean")
    func none() {
        #expect(SampledMean([]).value == nil)
        #expect(SampledMean([(0.25, 4), (1, 1)]).value == 0.4)
    }
}
