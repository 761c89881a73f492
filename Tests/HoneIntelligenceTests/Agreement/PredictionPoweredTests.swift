import HoneCore
import HoneIntelligence
import Testing

@Suite("Means corrected by people's ratings", .computing)
struct PredictionPoweredTests {
    private func rated(_ count: Int, judge: Double = 0.8, human: Double = 0.5) -> [RatedScore] {
        (0..<count).map { RatedScore(judge: judge + 0.001 * Double($0 % 3), human: human + 0.001 * Double($0 % 2)) }
    }

    @Test("the mean of judge scores plus the mean of human − judge")
    func formula() throws {
        let scores = (0..<100).map { 0.6 + 0.003 * Double($0) }
        let sample = scores.prefix(50).enumerated().map { index, score in
            RatedScore(judge: score, human: index.isMultiple(of: 2) ? 0.5 : 0.75)
        }
        let mean = PredictionPoweredMean(judged: SampleMoments(scores), rated: sample)
        let correction = sample.map(\.correction).reduce(0, +) / 50
        let corrected = try #require(mean.corrected)
        #expect(isClose(corrected.value, mean.judgeMean + correction) && isClose(mean.bias, -correction))
        #expect(corrected.low < corrected.value && corrected.value < corrected.high)
    }

    @Test("when everything is rated it is the mean of the ratings, and its interval theirs")
    func allRated() throws {
        let sample = (0..<60).map { RatedScore(judge: Double($0 * 37 % 60) / 60, human: Double($0 % 5) / 4) }
        let mean = PredictionPoweredMean(judged: SampleMoments(sample.map(\.judge)), rated: sample)
        let human = SampleMoments(sample.map(\.human))
        let plain = IntervalEstimate(human.mean, variance: (human.variance ?? 0) / 60, degrees: 59)
        let corrected = try #require(mean.corrected)
        #expect(isClose(corrected.value, plain.value) && isClose(corrected.low, plain.low, within: 2e-3))
    }

    @Test("checked work needs no correction and is taken in by its share")
    func together() throws {
        let judged = SampleMoments((0..<60).map { 0.7 + 0.001 * Double($0 % 9) })
        let mean = PredictionPoweredMean(judged: judged, rated: rated(30))
        let corrected = try #require(mean.corrected)
        let checked = SampleMoments((0..<180).map { Double($0 % 2) })
        let both = try #require(mean.together(with: checked))
        #expect(isClose(both.value, 0.25 * corrected.value + 0.75 * 0.5) && both.contains(both.value))
        #expect(mean.together(with: SampleMoments()) == corrected)
        #expect(PredictionPoweredMean(judged: judged, rated: []).together(with: checked) == nil)
    }

    @Test("with too few ratings there is no correction, and the numbers say why")
    func tooFew() {
        let judged = SampleMoments((0..<200).map { 0.7 + 0.001 * Double($0 % 9) })
        let few = PredictionPoweredMean(judged: judged, rated: rated(PredictionPoweredMean.fewestRated - 1))
        #expect(few.corrected == nil && few.rated == 19 && isClose(few.bias, 0.3, within: 0.01))
        #expect(PredictionPoweredMean(judged: judged, rated: []).bias == nil)
        #expect(PredictionPoweredMean(judged: judged, rated: rated(20)).corrected != nil)
        #expect(PredictionPoweredMean(judged: SampleMoments([0.5]), rated: rated(20)).corrected == nil)
    }

    @Test("ratings that all agree still leave the doubt of their scale, and nothing leaves 0…1")
    func bounds() throws {
        let judged = SampleMoments(Array(repeating: 0.1, count: 300))
        let same = Array(repeating: RatedScore(judge: 0.1, human: 0), count: 25)
        let corrected = try #require(PredictionPoweredMean(judged: judged, rated: same).corrected)
        #expect(isClose(corrected.value, 0) && corrected.low == 0 && corrected.high > 0.01)
    }

    @Test("rated tasks that the judge finds much worse than the rest are no random sample, and it shows")
    func strangeness() throws {
        var generator = SeededGenerator(seed: UInt64(2))
        let scores = (0..<400).map { _ in generator.nextUnit() }
        let sly = scores.sorted().prefix(40).map { RatedScore(judge: $0, human: 0.25) }
        let fair = scores.prefix(40).map { RatedScore(judge: $0, human: 0.25) }
        #expect(try #require(PredictionPoweredMean(judged: SampleMoments(scores), rated: sly).strangeness) < -5)
        #expect(abs(try #require(PredictionPoweredMean(judged: SampleMoments(scores), rated: fair).strangeness)) < 2)
    }

    @Test(
        "the corrected 95 % interval holds the truth in 94 to 96 of 100 runs, whatever the judge's bias",
        arguments: [-0.15, -0.1, -0.05, 0, 0.05, 0.1, 0.15])
    func coverage(bias: Double) {
        let outcome = BiasSimulation(bias: bias, judged: 150, rated: 40).run(2_000, seed: 20)
        #expect((0.94...0.96).contains(outcome.coverage), "\(outcome)")
        // Without the correction the same judge misleads: this check can fail.
        if abs(bias) >= 0.1 { #expect(outcome.uncorrectedCoverage < 0.2, "\(outcome)") }
    }

    @Test("the made-up judge is off by exactly its bias")
    func bias() {
        #expect(isClose(BiasSimulation.truth, 0.6425))
        let once = BiasSimulation(bias: 0.1, judged: 100, rated: 30)
        #expect(once.run(50, seed: 1) == once.run(50, seed: 1) && once.run(50, seed: 1) != once.run(50, seed: 2))
    }
}
