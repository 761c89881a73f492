import HoneCore
import Testing

@testable import HoneIntelligence

@Suite("what is believed of agents' quality")
struct QualityTrailTests {
    static func scores(_ count: Int, of mean: Double, spread: Double = 0.2) -> QualitySample {
        let count = Double(count)
        return QualitySample(count: count, sum: count * mean, squares: count * (mean * mean + spread * spread))
    }

    func trail(_ days: [(day: Int, sample: QualitySample)], era: Int = 0) -> QualityTrail {
        var trail = QualityTrail()
        for (day, sample) in days { trail.add(sample, on: Day(number: day), era: era) }
        return trail
    }

    @Test("without age or change, scores count as they are")
    func plain() {
        let trail = trail([(0, Self.scores(30, of: 0.5)), (0, Self.scores(10, of: 0.9))])
        let believed = trail.believed(on: Day(number: 0))
        #expect(isClose(believed.count, 40) && isClose(believed.mean, 0.6))
    }

    @Test("a score of thirty days ago counts half")
    func age() {
        let believed = trail([(0, Self.scores(20, of: 0.5))]).believed(on: Day(number: 30))
        #expect(isClose(believed.count, 10) && isClose(believed.mean, 0.5))
    }

    @Test("after an announced change all that was before counts as ten scores, and less when there was less")
    func announced() {
        var trail = trail([(0, Self.scores(5_000, of: 0.9))])
        #expect(isClose(trail.believed(on: Day(number: 0), era: 1).count, 10))
        trail.add(Self.scores(90, of: 0.5), on: Day(number: 0), era: 1)
        let believed = trail.believed(on: Day(number: 0), era: 1)
        #expect(isClose(believed.count, 100, within: 0.01) && isClose(believed.mean, 0.54, within: 1e-6))
        let young = self.trail([(0, Self.scores(4, of: 0.9))])
        #expect(isClose(young.believed(on: Day(number: 0), era: 1).count, 4))
    }

    @Test("a fall that nobody announced is seen in the scores, and what was before counts as ten")
    func silent() {
        let steady = (0..<20).map { ($0, Self.scores(100, of: 0.9)) }
        let before = trail(steady).believed(on: Day(number: 20))
        #expect(before.count > 1_000)
        let after = trail(steady + [(20, Self.scores(60, of: 0.6))]).believed(on: Day(number: 20))
        #expect(isClose(after.count, 70, within: 0.5))
        #expect((after.mean ?? 0) < 0.66)
    }

    @Test("noise alone is hardly ever taken for a change")
    func noise() {
        var generator = SeededGenerator(seed: UInt64(5))
        var alarms = 0
        for _ in 0..<400 {
            var trail = QualityTrail()
            for day in 0..<30 {
                for _ in 0..<20 {
                    let score = generator.nextUnit() < 0.7 ? 0.93 : 0.33
                    trail.add(QualitySample(count: 1, sum: score, squares: score * score), on: Day(number: day))
                }
            }
            if trail.believed(on: Day(number: 29)).count < 300 { alarms += 1 }
        }
        #expect(alarms <= 2)
    }

    @Test("days may come in any order")
    func order() {
        let days = (0..<12).map { ($0, Self.scores(7 + $0, of: 0.5 + Double($0) / 40)) }
        var generator = SeededGenerator(seed: UInt64(8))
        let sorted = trail(days)
        for _ in 0..<20 { #expect(trail(days.shuffled(using: &generator)) == sorted) }
    }

    @Test("believed means and variances are those of a normal posterior with ten scores of the prior")
    func estimate() {
        let beliefs = BelievedQuality([Self.scores(1_000, of: 0.8), Self.scores(1_000, of: 0.6)])
        #expect(isClose(beliefs.prior.mean, 0.7, within: 1e-9))
        #expect(isClose(beliefs.spread, 0.04, within: 0.002))
        let estimate = beliefs.estimate(Self.scores(30, of: 0.9))
        #expect(isClose(estimate.mean, (30 * 0.9 + 10 * 0.7) / 40))
        #expect(isClose(estimate.variance, 0.001, within: 0.0001))
        let unknown = beliefs.estimate(QualitySample())
        #expect(isClose(unknown.mean, 0.7) && isClose(unknown.variance, beliefs.spread / 10))
    }
}
