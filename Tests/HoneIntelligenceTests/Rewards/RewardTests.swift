import HoneCore
import HoneIntelligence
import Testing

@Suite("rewards")
struct RewardTests {
    /// Ten seconds and 50 cents are as good as it gets.
    static let reference = RewardReference(cost: MicroUSD(500_000))

    struct Example: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let task: SeedRewards.Task
        let seed: Int
        let ours: Int

        init(_ description: String, seed: Int, ours: Int, _ task: SeedRewards.Task) {
            testDescription = description
            self.task = task
            self.seed = seed
            self.ours = ours
        }
    }

    /// Where the seeds' own formula gives the same points.
    static let followed: [Example] = [
        Example("perfect, fast and cheap: 10 + 50 + 20 + 30", seed: 110, ours: 110, .init(overall: 1)),
        Example("with five stars: + 40", seed: 150, ours: 150, .init(overall: 1, rating: 5)),
        Example("with perfect reviews: + 25", seed: 135, ours: 135, .init(overall: 1, peers: [1, 1])),
        Example("everything", seed: 175, ours: 175, .init(overall: 1, rating: 5, peers: [1, 1])),
        Example("half the quality, twice the time", seed: 75, ours: 75, .init(overall: 0.5, seconds: 20)),
        Example("three and a half minutes: − 9", seed: 81, ours: 81, .init(overall: 1, seconds: 210)),
    ]

    /// Where it does not, and why: the bugs of the seeds that are mended here.
    static let mended: [Example] = [
        Example(
            "half the efficiency counted twice, and the dollars not at all", seed: 95, ours: 110,
            .init(overall: 1, efficiency: 0.5)),

        Example("an instant failure was free", seed: 0, ours: -30, .init(failed: true, efficiency: 0)),
        Example("two stars were worth a point", seed: 111, ours: 105, .init(overall: 1, rating: 2)),
        Example("one star earned 8", seed: 88, ours: 80, .init(overall: 1, rating: 1)),
        Example("three stars are the middle: 20 of 40", seed: 134, ours: 130, .init(overall: 1, rating: 3)),
        Example(
            "57 cents were 6 cents too much; now also 3 of 30 for thrift", seed: 104, ours: 99,
            .init(overall: 1, dollars: 0.57)),
        Example("five dollars cost 450 points", seed: -340, ours: 33, .init(overall: 1, dollars: 5)),
        Example("two hours cost 708 points", seed: -618, ours: 40, .init(overall: 1, seconds: 7_200)),
    ]

    @Test("where we follow the seeds, the points agree", arguments: followed)
    func follows(example: Example) {
        #expect(SeedRewards.points(example.task) == example.seed)
        #expect(Self.reward(example.task).points == example.ours)
        #expect(example.seed == example.ours)
    }

    @Test("where we mend the seeds, the points differ as they should", arguments: mended)
    func mends(example: Example) {
        #expect(SeedRewards.points(example.task) == example.seed)
        #expect(Self.reward(example.task).points == example.ours)
    }

    static func reward(_ task: SeedRewards.Task) -> Reward {
        let peers = peerMean(task.peers.map { ($0, 0.7) })
        return Reward(
            RewardEvidence(
                fault: task.failed ? .modelError : nil, overall: task.overall, cost: MicroUSD(dollars: task.dollars),
                durationMilliseconds: Int64(task.seconds * 1_000), rating: task.rating, peerMean: peers),
            reference: reference)
    }

    @Test("what is attainable depends on the evidence")
    func attainable() {
        func attainable(_ evidence: RewardEvidence) -> Int { Reward(evidence, reference: Self.reference).attainable }
        var evidence = RewardEvidence(overall: 0.5, cost: .zero, durationMilliseconds: 1)
        #expect(attainable(evidence) == 110)
        evidence.rating = 5
        #expect(attainable(evidence) == 150)
        evidence.peerMean = 0.5
        #expect(attainable(evidence) == 175)
        evidence.cost = nil
        #expect(attainable(evidence) == 145)
        evidence.overall = nil
        #expect(attainable(evidence) == 95)
        #expect(
            isClose(Reward(.init(overall: 1, cost: .zero, durationMilliseconds: 0), reference: Self.reference).share, 1)
        )
    }

    @Test(
        "infrastructure costs an agent nothing, whatever else happened",
        arguments: [ErrorCode.modelUnavailable, .internal])
    func infrastructure(code: ErrorCode) {
        let reward = Reward(
            .init(fault: code, cost: MicroUSD(dollars: 9), durationMilliseconds: 900_000, rating: 1),
            reference: Self.reference)
        #expect(reward.reward == 0)
        #expect(reward.penalty == 0)
        #expect(reward.share == nil)
    }

    @Test("a failure earns nothing, and its penalties are whole")
    func failure() {
        let reward = Reward(
            .init(
                fault: .timeout, overall: 1, cost: MicroUSD(519_999), durationMilliseconds: 139_999, rating: 2,
                peerMean: 1),
            reference: Self.reference)
        #expect(reward.reward == 0)
        #expect(reward.penalty == 30 + 1 + 1 + 15)
    }

    @Test("no penalty for cost or time passes 50, and no amount overflows")
    func caps() {
        let reward = Reward(
            .init(overall: 1, cost: MicroUSD(.max), durationMilliseconds: .max),
            reference: .init(cost: MicroUSD(.max - 1)))
        #expect(reward.penalty == 100)
        #expect(reward.reward >= 60)
    }

    @Test("scores that fractions cannot write exactly still give whole points")
    func exactness() {
        for tenths in 0...10 {
            let reward = Reward(
                .init(overall: Double(tenths) / 10, cost: .zero, durationMilliseconds: 0), reference: Self.reference)
            #expect(reward.reward == 60 + 5 * tenths)
        }
    }

    static func random(_ generator: inout SeededGenerator) -> RewardEvidence {
        RewardEvidence(
            fault: generator.nextUnit() < 0.2 ? .toolError : nil, overall: generator.nextUnit(),
            cost: MicroUSD(Int64.random(in: 0...2_000_000, using: &generator)),
            durationMilliseconds: Int64.random(in: 0...600_000, using: &generator),
            rating: Bool.random(using: &generator) ? Int.random(in: 1...5, using: &generator) : nil,
            peerMean: Bool.random(using: &generator) ? generator.nextUnit() : nil)
    }
}
