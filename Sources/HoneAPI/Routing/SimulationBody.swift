public import HoneIntelligence

/// How the policies did in a simulated world.
public struct SimulationBody: Codable, Sendable {
    public struct Policy: Codable, Sendable {
        public var policy: SimulatedPolicy
        public var cumulativeRegret: Double
        public var passRate: Double
        /// Regret in score alone, whatever the work costs or takes.
        public var cumulativeScoreRegret: Double
        /// Regret of the second half.
        public var lateRegret: Double
        /// What the oracle would pass as things stood with this policy.
        public var oraclePassRate: Double

        enum CodingKeys: String, CodingKey {
            case policy
            case cumulativeRegret = "cumulative_regret"
            case passRate = "pass_rate"
            case cumulativeScoreRegret = "cumulative_score_regret"
            case lateRegret = "late_regret"
            case oraclePassRate = "oracle_pass_rate"
        }

        public init(_ result: RoutingSimulation.Result) {
            policy = result.policy
            cumulativeRegret = result.cumulativeRegret
            passRate = result.passRate
            cumulativeScoreRegret = result.cumulativeScoreRegret
            lateRegret = result.lateRegret
            oraclePassRate = result.oraclePassRate
        }
    }

    public var seed: UInt64
    public var tasks: Int
    public var agents: Int
    public var categories: Int
    public var policies: [Policy]
    /// ε-greedy with the router's own beliefs, to see what the way of exploring alone is worth.
    public var informedEpsilonGreedy: Policy

    enum CodingKeys: String, CodingKey {
        case seed, tasks, agents, categories, policies
        case informedEpsilonGreedy = "informed_epsilon_greedy"
    }

    public init(_ simulation: RoutingSimulation) {
        seed = simulation.seed
        tasks = simulation.options.tasks
        agents = simulation.options.agents
        categories = simulation.options.categories
        policies = SimulatedPolicy.compared.map { Policy(simulation.result(of: $0)) }
        informedEpsilonGreedy = Policy(simulation.result(of: .informedEpsilonGreedy))
    }
}
