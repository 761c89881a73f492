public import Foundation
public import HoneCore
public import HoneStore

/// A prompt's way into production.
public struct DeploymentBody: Codable, Sendable {
    public var id: DeploymentID
    public var agentID: AgentID
    public var promptID: PromptID
    @OrNull public var baselinePromptID: PromptID?
    @OrNull public var optimizationID: OptimizationID?
    @OrNull public var gateExperimentID: ExperimentID?
    public var proof: PromptProof
    public var status: DeploymentStatus
    /// Of the agent's tasks.
    public var share: Double
    /// The comparison with the baseline on the agent's own work as of the last look.
    @OrNull public var figures: JSONValue?
    /// The agent's benchmark with both prompts; null until it is run, with a note where it will not be.
    @OrNull public var comparison: ComparisonBody?
    @OrNull public var evaluationNote: String?
    public var actor: String
    public var reason: String
    public var createdAt: Date
    @OrNull public var promotedAt: Date?
    @OrNull public var endedAt: Date?
    @OrNull public var endReason: String?

    enum CodingKeys: String, CodingKey {
        case id, proof, status, share, figures, comparison, actor, reason
        case agentID = "agent_id"
        case promptID = "prompt_id"
        case baselinePromptID = "baseline_prompt_id"
        case optimizationID = "optimization_id"
        case gateExperimentID = "gate_experiment_id"
        case evaluationNote = "evaluation_note"
        case createdAt = "created_at"
        case promotedAt = "promoted_at"
        case endedAt = "ended_at"
        case endReason = "end_reason"
    }

    public init(_ record: DeploymentRecord, comparison: ComparisonBody? = nil) {
        id = record.id
        agentID = record.agentID
        promptID = record.promptID
        baselinePromptID = record.baselinePromptID
        optimizationID = record.optimizationID
        gateExperimentID = record.gateExperimentID
        proof = record.proof
        status = record.status
        share = record.share
        figures = record.figures
        self.comparison = comparison
        evaluationNote = record.evaluationNote
        actor = record.actor
        reason = record.reason
        createdAt = record.createdAt
        promotedAt = record.promotedAt
        endedAt = record.endedAt
        endReason = record.endReason
    }

    /// With what the benchmark says of it.
    public static func load(_ record: DeploymentRecord, from store: Store) async throws -> DeploymentBody {
        guard let own = record.evaluationID, let baseline = record.baselineEvaluationID,
            let after = try await store.evaluations.load(own),
            let before = try await store.evaluations.load(baseline)
        else { return DeploymentBody(record) }
        return DeploymentBody(record, comparison: ComparisonBody(of: after, against: before))
    }

    /// An agent's newest deployment, with what the benchmark says of it; nil before the first.
    public static func latest(of agent: AgentID, from store: Store) async throws -> DeploymentBody? {
        guard let record = try await store.deployments.list(of: agent, limit: 1).first else { return nil }
        return try await load(record, from: store)
    }
}

extension ComparisonBody {
    /// An evaluation against its agent's baseline for the same cases; nil where there is none, and for the baseline itself.
    public static func load(of record: EvaluationRecord, from store: Store) async throws -> ComparisonBody? {
        guard record.kind != .baseline, let benchmark = record.benchmarkID,
            let baseline = try await store.evaluations.baseline(of: record.agentID, benchmark: benchmark)
        else { return nil }
        return ComparisonBody(of: record, against: baseline)
    }
}
