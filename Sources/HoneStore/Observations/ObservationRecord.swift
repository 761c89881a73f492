public import Foundation
public import HoneCore

/// What was found wrong with an agent's last runs, and what was done about it.
public struct ObservationRecord: Sendable, Decodable {
    public var id: UUID
    public var agentID: AgentID
    /// What it was looked at as.
    public var role: AgentRole
    public var summary: JSONValue
    /// Nil where no benchmark is in its category; then nothing was asked for.
    public var benchmarkID: String?
    public var optimizationID: OptimizationID?
    /// Why no search could be asked for; nil where one was.
    public var refusal: String?
    public var observedAt: Date

    public init(
        id: UUID, agentID: AgentID, role: AgentRole, summary: JSONValue, benchmarkID: String?,
        optimizationID: OptimizationID?, refusal: String? = nil, observedAt: Date
    ) {
        self.id = id
        self.agentID = agentID
        self.role = role
        self.summary = summary
        self.benchmarkID = benchmarkID
        self.optimizationID = optimizationID
        self.refusal = refusal
        self.observedAt = observedAt
    }
}

/// One of the last runs of an agent with its present prompt.
public struct FinishedRun: Sendable, Decodable, Hashable {
    public var agentID: AgentID
    public var taskID: TaskID
    public var category: HoneCore.Category?
    public var passed: Bool?
    public var errorCode: ErrorCode?
    public var errorMessage: String?
    /// The first step that failed.
    public var failedNode: String?
    public var feedback: String?
    public var evaluatorKind: ScoreRecord.EvaluatorKind?
    public var cost: MicroUSD?
}

/// A review of work of which a check or a person said how good it is.
public struct KnownReview: Sendable, Decodable, Hashable {
    public var reviewerID: AgentID
    public var taskID: TaskID
    public var category: HoneCore.Category?
    public var score: Double
    public var truth: Double
    public var feedback: String
    public var cost: MicroUSD?
}
