public import Foundation
public import HoneCore
public import HoneMessages
public import HoneStore

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

/// A search for a better prompt.
public struct OptimizationBody: Codable, Sendable {
    public var id: OptimizationID
    public var agentID: AgentID
    @OrNull public var benchmark: String?
    public var algorithm: String
    public var auto: String
    public var status: String
    public var params: JSONValue
    public var budget: JSONValue
    public var seed: Int64
    @OrNull public var improvement: JSONValue?
    @OrNull public var bestPromptID: PromptID?
    /// What it started from.
    @OrNull public var baselinePromptID: PromptID?
    /// How far it is: generation, scores, front, rollouts used and left, spent, ETA.
    @OrNull public var progress: JSONValue?
    /// Why it ended, in a sentence.
    @OrNull public var endReason: String?
    public var spentUSD: Double
    @OrNull public var errorCode: String?
    @OrNull public var errorMessage: String?
    public var requestedBy: String
    public var createdAt: Date
    @OrNull public var startedAt: Date?
    @OrNull public var completedAt: Date?
    /// The agent's newest deployment, with what its benchmark says of it; null in lists, and before the first.
    @OrNull public var deployment: DeploymentBody?

    enum CodingKeys: String, CodingKey {
        case id, benchmark, algorithm, auto, status, params, budget, seed, improvement, progress, deployment
        case agentID = "agent_id"
        case bestPromptID = "best_prompt_id"
        case baselinePromptID = "baseline_prompt_id"
        case endReason = "end_reason"
        case spentUSD = "spent_usd"
        case errorCode = "error_code"
        case errorMessage = "error_message"
        case requestedBy = "requested_by"
        case createdAt = "created_at"
        case startedAt = "started_at"
        case completedAt = "completed_at"
    }

    public init(_ record: OptimizationRecord, deployment: DeploymentBody? = nil) {
        id = record.id
        agentID = record.agentID
        benchmark = record.benchmarkID
        algorithm = record.algorithm
        auto = record.auto
        status = record.status
        params = record.params
        budget = record.budget
        seed = record.seed
        improvement = record.improvement
        bestPromptID = record.bestPromptID
        baselinePromptID = record.baselinePromptID
        progress = record.progress
        endReason = record.endReason
        spentUSD = record.spent.dollars
        errorCode = record.errorCode
        errorMessage = record.errorMessage
        requestedBy = record.requestedBy
        createdAt = record.createdAt
        startedAt = record.startedAt
        completedAt = record.completedAt
        self.deployment = deployment
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
