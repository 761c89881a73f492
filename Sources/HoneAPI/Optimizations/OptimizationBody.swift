public import Foundation
public import HoneCore
public import HoneStore

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
