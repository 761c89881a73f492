public import Foundation
public import HoneCore
public import HoneStore

/// An optimization that is wanted again and again.
public struct ScheduleBody: Codable, Sendable {
    public var id: ScheduleID
    public var agentID: AgentID
    public var benchmark: String
    public var algorithm: String
    public var auto: String
    public var params: JSONValue
    public var budget: JSONValue
    /// An interval (`6h`) or five fields of cron, in UTC.
    public var recurrence: String
    public var nextDue: Date
    /// When it fired last it was due then.
    @OrNull public var lastDue: Date?
    @OrNull public var lastOptimizationID: OptimizationID?
    /// Why it could not fire when it was last due.
    @OrNull public var lastRefusal: String?
    public var createdBy: String
    public var createdAt: Date

    enum CodingKeys: String, CodingKey {
        case id, benchmark, algorithm, auto, params, budget, recurrence
        case agentID = "agent_id"
        case nextDue = "next_due"
        case lastDue = "last_due"
        case lastOptimizationID = "last_optimization_id"
        case lastRefusal = "last_refusal"
        case createdBy = "created_by"
        case createdAt = "created_at"
    }

    public init(_ record: ScheduleRecord) {
        id = record.id
        agentID = record.agentID
        benchmark = record.benchmarkID
        algorithm = record.algorithm
        auto = record.auto
        params = record.params
        budget = record.budget
        recurrence = record.recurrence
        nextDue = record.nextDue
        lastDue = record.lastDue
        lastOptimizationID = record.lastOptimizationID
        lastRefusal = record.lastRefusal
        createdBy = record.createdBy
        createdAt = record.createdAt
    }
}
