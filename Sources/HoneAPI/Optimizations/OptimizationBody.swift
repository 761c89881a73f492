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
        case id, benchmark, algorithm, auto, status, params, budget, seed, improvement, deployment
        case agentID = "agent_id"
        case bestPromptID = "best_prompt_id"
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
