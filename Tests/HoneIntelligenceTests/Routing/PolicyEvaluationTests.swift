import HoneCore
import Testing

@testable import HoneIntelligence

@Suite("what another policy would have been worth", .computing)
struct PolicyEvaluationTests {
    /// Kinds of tasks, each with what was believed of the agents and how good they really are.
    struct Kind {
        var category: HoneCore.Category
        var beliefs: [UtilityBelief]
        var truth: [Double]
    }

    static func kinds(_ count: Int, agents: Int, seed: UInt64) throws -> [Kind] {
        var generator = SeededGenerator(seed: seed)
        return try (0..<count).map { index in
            let truth = (0..<agents).map { _ in 0.4 + 0.4 * generator.nextUnit() }
            let beliefs = truth.map {
                UtilityBelief(mean: $0 + generator.nextNormal(mean: 0, deviation: 0.05), deviation: 0.5)
            }
            return Kind(category: try category("kind-\(index)"), beliefs: beliefs, truth: truth)
        }
    }

    /// A log as Thompson sampling leaves it, with rewards of 0 and 1.
    static func log(_ kinds: [Kind], _ count: Int, seed: UInt64) throws -> [LoggedDecision] {
        var generator = SeededGenerator(seed: seed)
        let agents = try kinds[0].truth.indices.map { try agentID("agent-\($0)") }
        let chances = kinds.map { ChanceOfMaximum($0.beliefs).probabilities() }
        return (0..<count).compactMap { _ in
            let index = Int(generator.nextUnit() * Double(kinds.count))
            let kind = kinds[index]
            let draws = kind.beliefs.map { generator.nextNormal(mean: $0.mean, deviation: $0.deviation) }
            let chosen = PolicyChoice.indexOfHighest(draws)
            let reward = generator.nextUnit() < kind.truth[chosen] ? 1.0 : 0
            return LoggedDecision(
                category: kind.category, candidates: agents, beliefs: kind.beliefs, propensities: chances[index],
                chosen: agents[chosen], reward: reward)
        }
    }

    static func truth(_ policy: RoutingPolicyName, _ kinds: [Kind]) throws -> Double {
        let agents = try kinds[0].truth.indices.map { try agentID("agent-\($0)") }
        return kinds.reduce(0) { sum, kind in
            guard
                let decision = LoggedDecision(
                    category: kind.category, candidates: agents, beliefs: kind.beliefs,
                    propensities: kind.beliefs.map { _ in 1 }, chosen: agents[0], reward: 0)
            else { return .nan }
            return sum + zip(policy.propensities(decision), kind.truth).reduce(0) { $0 + $1.0 * $1.1 }
        } / Double(kinds.count)
    }

    @Test(
        "the intervals of all three estimates cover the truth in 93 to 97 of 100 logs",
        arguments: [RoutingPolicyName.greedy, .ucb, .roundRobin])
    func coverage(policy: RoutingPolicyName) throws {
        let kinds = try Self.kinds(3, agents: 3, seed: 6)
        let truth = try Self.truth(policy, kinds)
        var covered = [0.0, 0, 0]
        let logs = 500
        for seed in 0..<logs {
            let evaluation = try PolicyEvaluation(policy, from: Self.log(kinds, 300, seed: UInt64(seed)))
            let estimates = [evaluation.inversePropensity, evaluation.selfNormalised, evaluation.doublyRobust]
            for (index, estimate) in estimates.enumerated() where (estimate.low...estimate.high).contains(truth) {
                covered[index] += 1 / Double(logs)
            }
        }
        for share in covered { #expect((0.93...0.97).contains(share), "\(policy) \(covered)") }
    }

    @Test("the doubly robust interval is the narrowest, and of the policy itself all agree")
    func width() throws {
        let kinds = try Self.kinds(4, agents: 4, seed: 6)
        let log = try Self.log(kinds, 5_000, seed: 3)
        let greedy = try PolicyEvaluation(.greedy, from: log)
        #expect(
            greedy.doublyRobust.high - greedy.doublyRobust.low < greedy.inversePropensity.high
                - greedy.inversePropensity.low)
        #expect(greedy.effectiveSampleSize < 5_000 && greedy.effectiveSampleSize > 500)
        #expect(greedy.logged.value < greedy.doublyRobust.value)
        let itself = try PolicyEvaluation(.thompson, from: log)
        #expect(isClose(itself.effectiveSampleSize, 5_000, within: 1))
        #expect(isClose(itself.inversePropensity.value, itself.logged.value, within: 1e-3))
        #expect(isClose(itself.selfNormalised.value, itself.logged.value, within: 1e-3))
    }

    private func deterministicLog() throws -> [LoggedDecision] {
        let kinds = try Self.kinds(3, agents: 3, seed: 9)
        return try Self.log(kinds, 500, seed: 1).compactMap { decision in
            let best = RoutingPolicyName.greedy.propensities(decision)
            let place = try #require(best.firstIndex(of: 1))
            return LoggedDecision(
                category: decision.category, candidates: decision.candidates, beliefs: decision.beliefs,
                propensities: best, chosen: decision.candidates[place], reward: decision.reward)
        }
    }

    @Test("a log of a policy that never tries others says nothing about one that would, and all about itself")
    func support() throws {
        let log = try deterministicLog()
        for policy in [RoutingPolicyName.thompson, .roundRobin] {
            #expect {
                try PolicyEvaluation(policy, from: log)
            } throws: { error in
                guard case .noSupport(let share)? = error as? EvaluationRefusal else { return false }
                return share > 0.05 && "\(error)".contains("had no chance")
            }
        }
        let itself = try PolicyEvaluation(.greedy, from: log)
        #expect(itself.unsupported == 0 && itself.inversePropensity == itself.logged)
    }

    @Test("too few decisions, and too little overlap, are refused with the figures")
    func thin() throws {
        let kinds = try Self.kinds(1, agents: 2, seed: 2)
        #expect(throws: EvaluationRefusal.tooFewDecisions(1)) {
            try PolicyEvaluation(.greedy, from: Self.log(kinds, 1, seed: 1))
        }
        #expect {
            try PolicyEvaluation(.greedy, from: Self.log(kinds, 20, seed: 1))
        } throws: { error in
            if case .tooLittleOverlap? = error as? EvaluationRefusal { true } else { false }
        }
    }

    @Test("a decision whose lists do not fit together, or that could not have happened, is none")
    func misfits() throws {
        let (ada, bob) = (try agentID("ada"), try agentID("bob"))
        let reviews = try category("reviews")
        let belief = UtilityBelief(mean: 0.5, deviation: 0.1)
        func decision(_ beliefs: Int, _ propensities: [Double], _ chosen: AgentID) -> LoggedDecision? {
            LoggedDecision(
                category: reviews, candidates: [ada], beliefs: Array(repeating: belief, count: beliefs),
                propensities: propensities, chosen: chosen, reward: 1)
        }
        #expect(decision(1, [1], ada) != nil)
        #expect(decision(2, [1], ada) == nil)
        #expect(decision(1, [], ada) == nil)
        #expect(decision(1, [1], bob) == nil)
        #expect(decision(1, [0], ada) == nil)
    }
}
