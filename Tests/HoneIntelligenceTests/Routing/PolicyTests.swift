import HoneCore
import HoneIntelligence
import Testing

@Suite("routing policies", .computing)
struct PolicyTests {
    func decide(
        _ policy: any RoutingPolicy, _ agents: [RoutingCandidate], routed: Int = 1, seed: Int64 = 1
    ) throws -> RoutingDecision {
        var context = RoutingTests.context
        context.traffic = CategoryTraffic(turn: routed, routed: routed)
        return try RoutingPlan(policy: policy).decide(RoutingTests.request(), among: agents, in: context, seed: seed)
            .get()
    }

    @Test("greedy takes the best mean, and ties go to the first id")
    func greedy() throws {
        let agents = [
            try RoutingTests.candidate("c", quality: 0.7), try RoutingTests.candidate("b", quality: 0.7),
            try RoutingTests.candidate("a", quality: 0.6, variance: 0.2),
        ]
        let decision = try decide(Greedy(), agents)
        #expect(decision.chosen.rawValue == "b")
        #expect(decision.propensities == [0, 1, 0])
    }

    @Test("the upper confidence bound takes the one that could be best")
    func upperConfidenceBound() throws {
        let agents = [
            try RoutingTests.candidate("proven", quality: 0.7, variance: 0.0001),
            try RoutingTests.candidate("unproven", quality: 0.6, variance: 0.01),
        ]
        #expect(try decide(UpperConfidenceBound(), agents).chosen.rawValue == "unproven")
    }

    @Test("round robin takes one after the other")
    func roundRobin() throws {
        let agents = try ["a", "b", "c"].map { try RoutingTests.candidate($0) }
        let chosen = try (0..<6).map { try decide(RoundRobin(), agents, routed: $0).chosen.rawValue }
        #expect(chosen == ["a", "b", "c", "a", "b", "c"])
    }

    @Test("each policy is found by its name", arguments: RoutingPolicyName.allCases)
    func names(name: RoutingPolicyName) throws {
        #expect(name.policy.name == name)
        let decision = try decide(name.policy, [try RoutingTests.candidate("only")])
        #expect(decision.policy == name)
        #expect(decision.propensities == [1])
    }

    @Test("cost, time and load are subtracted, load by its square")
    func utility() throws {
        let busy = try RoutingTests.candidate("busy", quality: 0.8) {
            $0.agent.capacity = 4
            $0.inFlight = 2
            $0.expectedCost = MicroUSD(200)
            $0.expectedSeconds = 3
        }
        let belief = UtilityBelief(busy, in: RoutingTests.context)
        #expect(isClose(belief.mean, 0.8 - 0.2 - 0.3 - 0.125))
        #expect(isClose(belief.deviation, 0.1))
    }

    @Test("more load never makes an agent more attractive, even when its utility is negative")
    func load() throws {
        let means = try (0...8).map { inFlight in
            let agent = try RoutingTests.candidate("a", quality: 0.05) {
                $0.inFlight = inFlight
                $0.expectedSeconds = 50
            }
            return UtilityBelief(agent, in: RoutingTests.context).mean
        }
        #expect(means == means.sorted(by: >))
        #expect(means[4] == means[8])
    }

    @Test("a reference of nothing neither crashes nor drowns everything else")
    func zeroReference() throws {
        var context = RoutingTests.context
        context.reference = EfficiencyReference(cost: .zero, durationSeconds: 0)
        let agent = try RoutingTests.candidate("a") {
            $0.expectedCost = MicroUSD(5)
            $0.expectedSeconds = 0
            $0.agent.capacity = 0
        }
        #expect(isClose(UtilityBelief(agent, in: context).mean, 0.5 - 1))
    }

    @Test("logged propensities are the shares in which Thompson sampling really chooses")
    func propensities() throws {
        let agents = [
            try RoutingTests.candidate("a", quality: 0.6, variance: 0.004),
            try RoutingTests.candidate("b", quality: 0.55, variance: 0.02),
            try RoutingTests.candidate("c", quality: 0.5, variance: 0.0),
        ]
        var shares = [0.0, 0, 0]
        var logged = [0.0, 0, 0]
        for seed in 0..<20_000 as Range<Int64> {
            let decision = try decide(ThompsonSampling(), agents, seed: seed)
            logged = decision.propensities
            let index = try #require(decision.candidates.firstIndex(of: decision.chosen))
            shares[index] += 1 / 20_000
        }
        for (share, chance) in zip(shares, logged) { #expect(abs(share - chance) < 0.015) }
    }

    @Test("Thompson sampling finds the best agent, and its regret falls with time")
    func learning() throws {
        let truth = [0.5, 0.6, 0.9, 0.4, 0.55]
        var samples = [QualityHistory](repeating: .init(), count: truth.count)
        var generator = SeededGenerator(seed: UInt64(31))
        var regret: [Double] = []
        for task in 0..<2_000 {
            let scope = QualityPrior(of: samples)
            let agents = try samples.indices.map { index in
                try RoutingTests.candidate("agent-\(index)") {
                    $0.quality = QualityEstimate(samples[index], prior: scope)
                }
            }
            let decision = try decide(ThompsonSampling(), agents, routed: task, seed: Int64(task))
            let chosen = try #require(agents.firstIndex { $0.id == decision.chosen })
            let score = generator.nextUnit() < truth[chosen] ? 1.0 : 0
            samples[chosen].recent = samples[chosen].recent + QualitySample(count: 1, sum: score, squares: score)
            regret.append(0.9 - truth[chosen])
        }
        let early = regret.prefix(200).reduce(0, +) / 200
        let late = regret.suffix(1_000).reduce(0, +) / 1_000
        #expect(late < early / 2)
        #expect(late < 0.03)
        #expect(samples[2].count > 1_400)
    }
}
