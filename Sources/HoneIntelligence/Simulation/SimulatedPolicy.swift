import HoneCore

/// Who decides in a simulation: the router's policies, and others to compare them with.
public enum SimulatedPolicy: String, Codable, Sendable, CaseIterable {
    case thompson, greedy, ucb
    case roundRobin = "round_robin"
    /// Greedy by plain means of all scores so far (Sutton and Barto, §2.2), but every tenth task goes to anybody.
    case epsilonGreedy = "epsilon_greedy"
    /// What the original documents have: the highest mean of all scores so far in the category, times (1 − load), and one
    /// half where there are none yet.
    case argmax
    /// ε-greedy with the router's own beliefs: what is left of the difference is the way of exploring.
    case informedEpsilonGreedy = "informed_epsilon_greedy"

    /// Those that every report compares.
    public static let compared: [SimulatedPolicy] = [.thompson, .greedy, .ucb, .roundRobin, .epsilonGreedy, .argmax]

    static let epsilon = 0.1

    /// What of the router stands behind it; nil for what stands alone.
    private var plan: RoutingPlan? {
        switch self {
        case .thompson: RoutingPlan(policy: ThompsonSampling())
        case .greedy, .epsilonGreedy, .informedEpsilonGreedy: RoutingPlan(policy: Greedy())
        case .ucb: RoutingPlan(policy: UpperConfidenceBound())
        case .roundRobin: RoutingPlan(policy: RoundRobin())
        case .argmax: nil
        }
    }

    /// The agent's place among `desk`'s candidates, and whether it is of the share of those on probation.
    func choose(
        _ desk: SimulatedDesk, category: Int, seed: Int64
    ) -> (agent: Int, spendsProbationShare: Bool)? {
        guard let plan else { return desk.bestByOriginals(category).map { ($0, false) } }
        let candidates = self == .epsilonGreedy ? desk.plainCandidates(category) : desk.candidates(category)
        let result = plan.decide(
            RoutingRequest(category: nil), among: candidates, in: desk.context(category), seed: seed)
        guard case .success(let decision) = result else { return nil }
        let other = explores ? Self.anybody(decision.candidates, seed: seed) : nil
        guard let agent = candidates.firstIndex(where: { $0.id == other ?? decision.chosen }) else { return nil }
        let hadChoice = candidates.contains { !$0.isOnProbation }
        return (agent, candidates[agent].isOnProbation && hadChoice)
    }

    private var explores: Bool { self == .epsilonGreedy || self == .informedEpsilonGreedy }

    private static func anybody(_ agents: [AgentID], seed: Int64) -> AgentID? {
        var generator = SeededGenerator(seed: seed)
        return generator.nextUnit() < epsilon ? agents.randomElement(using: &generator) : nil
    }
}
