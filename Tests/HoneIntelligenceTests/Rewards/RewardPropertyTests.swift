import HoneCore
import HoneIntelligence
import Testing

@Suite("properties of rewards")
struct RewardPropertyTests {
    /// One thing that evidence says, and how it is made better.
    struct Input: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let improve: @Sendable (inout RewardEvidence, inout SeededGenerator) -> Void
    }

    static let inputs: [Input] = [
        Input(testDescription: "a higher score") { evidence, generator in
            evidence.overall = evidence.overall.map { min(1, $0 + generator.nextUnit() * (1 - $0)) }
        },
        Input(testDescription: "a lower price") { evidence, generator in
            evidence.cost = evidence.cost.map { MicroUSD(Int64.random(in: 0...$0.rawValue, using: &generator)) }
        },
        Input(testDescription: "less time") { evidence, generator in
            evidence.durationMilliseconds = Int64.random(in: 0...evidence.durationMilliseconds, using: &generator)
        },
        Input(testDescription: "a better rating") { evidence, generator in
            evidence.rating = evidence.rating.map { Int.random(in: $0...5, using: &generator) }
        },
        Input(testDescription: "better reviews") { evidence, generator in
            evidence.peerMean = evidence.peerMean.map { $0 + generator.nextUnit() * (1 - $0) }
        },
        Input(testDescription: "success") { evidence, _ in evidence.fault = nil },
    ]

    @Test("better evidence never earns fewer points", arguments: inputs)
    func monotone(input: Input) {
        var generator = SeededGenerator(seed: UInt64(input.testDescription.utf8.count))
        for _ in 0..<2_000 {
            let reference = RewardReference(
                cost: MicroUSD(Int64.random(in: 0...100_000, using: &generator)),
                durationMilliseconds: Int64.random(in: 0...30_000, using: &generator))
            let worse = RewardTests.random(&generator)
            var better = worse
            input.improve(&better, &generator)
            let (low, high) = (Reward(worse, reference: reference), Reward(better, reference: reference))
            #expect(high.points >= low.points, "\(worse) → \(better)")
            #expect(high.penalty <= low.penalty && high.reward >= low.reward)
        }
    }

    @Test("no reward passes what is attainable, no penalty is negative, and both are the same every time")
    func bounds() {
        var generator = SeededGenerator(seed: UInt64(4))
        for _ in 0..<2_000 {
            let evidence = RewardTests.random(&generator)
            let reference = RewardReference(cost: MicroUSD(1_000), durationMilliseconds: 3_000)
            let reward = Reward(evidence, reference: reference)
            #expect((0...reward.attainable).contains(reward.reward) && reward.penalty >= 0)
            #expect(reward.points == reward.reward - reward.penalty)
            #expect(Reward(evidence, reference: reference) == reward)
        }
    }

    @Test("one micro-dollar or millisecond below a step costs nothing, and the step costs one point")
    func steps() {
        let reference = RewardReference(cost: MicroUSD(.max), durationMilliseconds: .max)
        for step in Int64(1)...60 {
            func penalty(_ cost: Int64, _ milliseconds: Int64) -> Int {
                Reward(
                    .init(overall: 1, cost: MicroUSD(cost), durationMilliseconds: milliseconds), reference: reference
                ).penalty
            }
            let (cost, time) = (500_000 + step * 10_000, 120_000 + step * 10_000)
            #expect(penalty(cost - 1, 0) == min(50, step - 1) && penalty(cost, 0) == min(50, step))
            #expect(penalty(0, time - 1) == min(50, step - 1) && penalty(0, time) == min(50, step))
        }
    }

    @Test("reviews count by their reviewers' reliability, in any order")
    func peers() {
        let reviews: [(score: Double, reliability: Double)] = [(1, 0.9), (0, 0.1), (0.5, 0.5)]
        #expect(isClose(peerMean(reviews), (0.9 + 0.25) / 1.5))
        #expect(isClose(peerMean(reviews.reversed()), (0.9 + 0.25) / 1.5))
        #expect(peerMean([]) == nil && peerMean([(0.4, 0), (0.6, 0)]) == 0.5)
    }
}
