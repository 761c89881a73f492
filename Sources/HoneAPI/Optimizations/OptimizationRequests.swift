public import HoneCore
public import HoneMessages

/// What a search for a better prompt is to do.
public struct OptimizationRequest: Codable, Sendable {
    public var benchmark: String
    public var algorithm: OptimizationRequested.Algorithm?
    public var auto: OptimizationRequested.Effort?
    public var params: JSONValue?
    public var budget: OptimizationRequested.Budget?
    public var seed: Int64?

    private enum CodingKeys: String, CodingKey {
        case benchmark, algorithm, auto, params, budget, seed
    }

    public init(
        benchmark: String, algorithm: OptimizationRequested.Algorithm? = nil,
        auto: OptimizationRequested.Effort? = nil, params: JSONValue? = nil,
        budget: OptimizationRequested.Budget? = nil, seed: Int64? = nil
    ) {
        self.benchmark = benchmark
        self.algorithm = algorithm
        self.auto = auto
        self.params = params
        self.budget = budget
        self.seed = seed
    }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        benchmark = try fields.decode(String.self, forKey: .benchmark)
        algorithm = try fields.decodeWordIfPresent(OptimizationRequested.Algorithm.self, forKey: .algorithm)
        auto = try fields.decodeWordIfPresent(OptimizationRequested.Effort.self, forKey: .auto)
        params = try fields.decodeIfPresent(JSONValue.self, forKey: .params)
        budget = try fields.decodeIfPresent(OptimizationRequested.Budget.self, forKey: .budget)
        seed = try fields.decodeIfPresent(Int64.self, forKey: .seed)
    }

    /// As the optimizer is told; what is left open has its value by now.
    public func message(_ id: OptimizationID, _ agent: AgentID, seed: Int64) -> OptimizationRequested {
        OptimizationRequested(
            optimizationID: id, agentID: agent, algorithm: algorithm ?? .gepa, auto: auto ?? .medium, params: params,
            benchmark: benchmark, budget: budget, seed: self.seed ?? seed)
    }
}

/// Which search to end: this one, else the one whose turn it is.
public struct CancelRequest: Codable, Sendable {
    public var optimizationID: OptimizationID?
    public var reason: String?

    enum CodingKeys: String, CodingKey {
        case reason
        case optimizationID = "optimization_id"
    }

    public init() {}
}
