public import Foundation
public import HoneCore

/// An optimization that is wanted again and again.
public struct ScheduleRecord: Sendable, Decodable, Hashable {
    public var id: ScheduleID
    public var agentID: AgentID
    public var benchmarkID: String
    public var algorithm: String
    public var auto: String
    public var params: JSONValue
    public var budget: JSONValue
    /// An interval (`6h`) or five fields of cron, in UTC.
    public var recurrence: String
    public var nextDue: Date
    /// When it fired last it was due then; nil before it ever did.
    public var lastDue: Date?
    public var lastOptimizationID: OptimizationID?
    /// Why it could not fire when it was last due; nil when it could.
    public var lastRefusal: String?
    public var createdBy: String
    public var createdAt: Date
}

/// A schedule that somebody wants.
public struct NewSchedule: Sendable {
    public var id: ScheduleID
    public var agentID: AgentID
    public var benchmarkID: String
    public var algorithm: String
    public var auto: String
    public var params: JSONValue
    public var budget: JSONValue
    public var recurrence: String
    public var createdAt: Date
    public var nextDue: Date
    public var createdBy: String

    public init(
        id: ScheduleID, agentID: AgentID, benchmarkID: String, algorithm: String, auto: String,
        params: JSONValue = .object([:]), budget: JSONValue = .object([:]), recurrence: String, createdAt: Date,
        nextDue: Date, createdBy: String
    ) {
        self.id = id
        self.agentID = agentID
        self.benchmarkID = benchmarkID
        self.algorithm = algorithm
        self.auto = auto
        self.params = params
        self.budget = budget
        self.recurrence = recurrence
        self.createdAt = createdAt
        self.nextDue = nextDue
        self.createdBy = createdBy
    }
}

public enum ScheduleSubject {}
public typealias ScheduleID = Identifier<ScheduleSubject>
