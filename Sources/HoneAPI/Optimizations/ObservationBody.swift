public import Foundation
public import HoneCore
public import HoneStore

/// What was found wrong with an agent's last runs, and what was done about it.
public struct ObservationBody: Codable, Sendable {
    public var id: UUID
    public var agentID: AgentID
    public var role: AgentRole
    /// Success rate with its interval, mean cost, and the kinds of failure.
    public var summary: JSONValue
    /// Null where no benchmark is in the agent's category; then nothing was asked for.
    @OrNull public var benchmark: String?
    @OrNull public var optimizationID: OptimizationID?
    /// Why no search could be asked for.
    @OrNull public var refusal: String?
    public var observedAt: Date

    enum CodingKeys: String, CodingKey {
        case id, role, summary, benchmark, refusal
        case agentID = "agent_id"
        case optimizationID = "optimization_id"
        case observedAt = "observed_at"
    }

    public init(_ record: ObservationRecord) {
        id = record.id
        agentID = record.agentID
        role = record.role
        summary = record.summary
        benchmark = record.benchmarkID
        optimizationID = record.optimizationID
        refusal = record.refusal
        observedAt = record.observedAt
    }
}
