public import Foundation
public import HoneCore
public import HoneStore

/// A task in a list.
public struct TaskSummaryBody: Codable, Sendable {
    public var taskID: TaskID
    public var status: TaskStatus
    @OrNull public var category: HoneCore.Category?
    @OrNull public var complexity: Int?
    public var priority: Int
    @OrNull public var agentID: AgentID?
    public var attempt: Int
    @OrNull public var errorCode: ErrorCode?
    @OrNull public var overall: Double?
    @OrNull public var passed: Bool?
    @OrNull public var rating: Int?
    @OrNull public var costUSD: Double?
    @OrNull public var durationSeconds: Double?
    public var createdAt: Date
    @OrNull public var finishedAt: Date?

    enum CodingKeys: String, CodingKey {
        case status, category, complexity, priority, attempt, overall, passed, rating
        case taskID = "task_id"
        case agentID = "agent_id"
        case errorCode = "error_code"
        case costUSD = "cost_usd"
        case durationSeconds = "duration_seconds"
        case createdAt = "created_at"
        case finishedAt = "finished_at"
    }

    public init(_ task: TaskSummary) {
        taskID = task.id
        status = task.status
        category = task.category
        complexity = task.complexity
        priority = task.priority
        agentID = task.agentID
        attempt = task.attempt
        errorCode = task.errorCode
        overall = task.overall
        passed = task.passed
        rating = task.rating
        costUSD = task.cost?.dollars
        durationSeconds = task.durationSeconds
        createdAt = task.createdAt
        finishedAt = task.finishedAt
    }
}

extension Page<TaskSummaryBody> {
    /// A page of at most `limit`, of tasks of which one more was asked for.
    public static func tasks(_ tasks: [TaskSummary], limit: Int) throws -> Page {
        try Page(
            tasks, limit: limit, place: { TimePlace($0.createdAt, id: $0.id.description) }, item: TaskSummaryBody.init)
    }
}
