public import HoneBus
public import HoneCore

/// Somebody wants an agent's prompt improved.
public struct OptimizationRequested: Message {
    public static let type = "hone.optimization.requested.v1"
    public static let topic = Topic.optimizationsRequested

    public enum Algorithm: String, Codable, Sendable, CaseIterable { case gepa, mipro, nsga2 }
    public enum Effort: String, Codable, Sendable, CaseIterable { case light, medium, heavy }

    /// Where the search must end, whatever it has found.
    public struct Budget: Hashable, Sendable, Codable {
        public var maxCostUSD: Double?
        public var maxRollouts: Int?
        public var maxMinutes: Double?

        public init(maxCostUSD: Double? = nil, maxRollouts: Int? = nil, maxMinutes: Double? = nil) {
            self.maxCostUSD = maxCostUSD
            self.maxRollouts = maxRollouts
            self.maxMinutes = maxMinutes
        }

        enum CodingKeys: String, CodingKey {
            case maxCostUSD = "max_cost_usd"
            case maxRollouts = "max_rollouts"
            case maxMinutes = "max_minutes"
        }
    }

    public var optimizationID: OptimizationID?
    public var agentID: AgentID
    public var algorithm: Algorithm
    public var auto: Effort?
    public var params: JSONValue?
    /// The suite's name.
    public var benchmark: String
    public var budget: Budget?
    public var seed: Int64?

    public init(
        optimizationID: OptimizationID? = nil, agentID: AgentID, algorithm: Algorithm, auto: Effort? = nil,
        params: JSONValue? = nil, benchmark: String, budget: Budget? = nil, seed: Int64? = nil
    ) {
        self.optimizationID = optimizationID
        self.agentID = agentID
        self.algorithm = algorithm
        self.auto = auto
        self.params = params
        self.benchmark = benchmark
        self.budget = budget
        self.seed = seed
    }

    public var partitionKey: String { agentID.rawValue }

    enum CodingKeys: String, CodingKey {
        case algorithm, auto, params, benchmark, budget, seed
        case optimizationID = "optimization_id"
        case agentID = "agent_id"
    }

    public func validate() throws(InvalidValue) {
        try Limits.object(params, "params")
        for (name, range) in Self.sizes { try Self.check(params?[name], "params.\(name)", range) }
        if let wish = params?["ablation"], wish != .null, wish.bool == nil {
            throw InvalidValue(
                path: "params.ablation", found: InvalidValue.summary(of: wish), expected: "true or false")
        }
        for name in Self.tolerances { try Self.checkShare(params?[name], "params.\(name)") }
        try Limits.atLeastZero(budget?.maxCostUSD, "budget.max_cost_usd")
        try Limits.range(budget?.maxRollouts, "budget.max_rollouts", 1...1_000_000_000)
        try Limits.atLeastZero(budget?.maxMinutes, "budget.max_minutes")
    }

    /// What a search may be told beside its effort; other members are kept for whoever knows them.
    private static let sizes: [(name: String, range: ClosedRange<Int>)] = [
        ("minibatch", 1...1_000), ("lanes", 1...64), ("proposals", 1...100), ("population", 4...200),
    ]

    /// What its gate may be told: shares of production's cost and time.
    private static let tolerances = ["cost_tolerance", "time_tolerance"]

    private static func checkShare(_ value: JSONValue?, _ path: String) throws(InvalidValue) {
        guard let value, value != .null else { return }
        guard let share = value.double, (0...1_000).contains(share) else {
            throw InvalidValue(
                path: path, found: InvalidValue.summary(of: value), expected: "a share from 0 to 1000, such as 0.1")
        }
    }

    private static func check(
        _ value: JSONValue?, _ path: String, _ range: ClosedRange<Int>
    ) throws(InvalidValue) {
        guard let value, value != .null else { return }
        guard let size = value.int, range.contains(size) else {
            throw InvalidValue(
                path: path, found: InvalidValue.summary(of: value),
                expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
    }
}
