public import Foundation
public import HoneCore
public import Postgres

public enum DeploymentSubject {}
public typealias DeploymentID = Identifier<DeploymentSubject>

/// What spoke for a prompt when it was moved.
public enum PromptProof: String, Sendable, Codable, CaseIterable, PostgresEncodable {
    /// A gate, against the prompt that it takes the place of.
    case proved
    /// A gate, against one that is not in production any more.
    case stale
    /// No gate: a person's word alone.
    case unproved
}

public enum DeploymentStatus: String, Sendable, Codable, CaseIterable, PostgresEncodable {
    /// It has a share of the agent's tasks.
    case canary
    /// It has all of them, and is compared with what went before.
    case watching
    /// Nothing was found against it.
    case settled
    case rolledBack = "rolled_back"
    /// Another prompt came first, or after it.
    case superseded
}

/// A prompt's way into production.
public struct DeploymentRecord: Sendable, Decodable {
    public var id: DeploymentID
    public var agentID: AgentID
    public var promptID: PromptID
    public var baselinePromptID: PromptID?
    public var optimizationID: OptimizationID?
    public var gateExperimentID: ExperimentID?
    public var proof: PromptProof
    public var status: DeploymentStatus
    public var share: Double
    /// The last comparison with the baseline on the agent's own work.
    public var figures: JSONValue?
    public var baselineEvaluationID: EvaluationID?
    public var evaluationID: EvaluationID?
    public var evaluationNote: String?
    public var actor: String
    public var reason: String
    public var createdAt: Date
    /// Since when it has all tasks.
    public var promotedAt: Date?
    public var endedAt: Date?
    public var endReason: String?

    public var isOpen: Bool { endedAt == nil }

    /// What a canary's work is a trial of; for the list of experiments.
    public var experimentID: ExperimentID { Self.experiment(of: id) }

    static func experiment(of id: DeploymentID) -> ExperimentID { ExperimentID(derivedFrom: id, "canary") }
}

/// A prompt that goes into production, or on trial.
public struct NewDeployment: Sendable {
    public var id: DeploymentID
    public var agentID: AgentID
    public var promptID: PromptID
    public var baselinePromptID: PromptID?
    public var optimizationID: OptimizationID?
    public var gate: ExperimentID?
    public var proof: PromptProof
    /// Below 1 it begins as a canary.
    public var share: Double
    public var actor: String
    public var reason: String

    public init(
        id: DeploymentID = DeploymentID(TaskID.new().uuid), agentID: AgentID, promptID: PromptID,
        baselinePromptID: PromptID?, optimizationID: OptimizationID? = nil, gate: ExperimentID? = nil,
        proof: PromptProof, share: Double, actor: String, reason: String
    ) {
        self.id = id
        self.agentID = agentID
        self.promptID = promptID
        self.baselinePromptID = baselinePromptID
        self.optimizationID = optimizationID
        self.gate = gate
        self.proof = proof
        self.share = share
        self.actor = actor
        self.reason = reason
    }
}
