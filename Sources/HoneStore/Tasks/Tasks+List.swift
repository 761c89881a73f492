public import Foundation
public import HoneCore
import Postgres

/// Which tasks to list. Nil lets everything through.
public struct TaskFilter: Sendable {
    public var status: TaskStatus?
    public var category: HoneCore.Category?
    public var agentID: AgentID?
    public var userID: String?
    public var sessionID: String?
    public var since: Date?
    public var until: Date?
    /// Only what this caller of the gateway has submitted.
    public var owner: String?

    public init(
        status: TaskStatus? = nil, category: HoneCore.Category? = nil, agentID: AgentID? = nil,
        userID: String? = nil, sessionID: String? = nil, since: Date? = nil, until: Date? = nil, owner: String? = nil
    ) {
        self.status = status
        self.category = category
        self.agentID = agentID
        self.userID = userID
        self.sessionID = sessionID
        self.since = since
        self.until = until
        self.owner = owner
    }
}

/// A task in a list.
public struct TaskSummary: Sendable, Decodable, Hashable {
    public var id: TaskID
    public var status: TaskStatus
    public var category: HoneCore.Category?
    public var complexity: Int?
    public var priority: Int
    public var agentID: AgentID?
    public var attempt: Int
    public var errorCode: ErrorCode?
    public var overall: Double?
    public var passed: Bool?
    public var rating: Int?
    public var cost: MicroUSD?
    public var durationSeconds: Double?
    public var createdAt: Date
    public var finishedAt: Date?
}

extension Tasks {
    /// Tasks, newest first; `place` is where the page before ended.
    public func list(
        _ filter: TaskFilter = TaskFilter(), after place: (createdAt: Date, id: TaskID)? = nil, limit: Int
    ) async throws -> [TaskSummary] {
        try await executor.query(
            """
            select task.id, task.status, task.category, task.complexity, task.priority, task.agent_id as "agentID",
                task.attempt, task.error_code, score.overall_score as overall, score.passed,
                score.user_rating as rating, score.cost_micro_usd as cost, score.duration_seconds, task.created_at,
                task.finished_at
            from (\(fragment: Self.source(of: filter.owner))) as task
            left join agent_performance_scores as score on score.task_id = task.id
            where (\(filter.status)::text is null or task.status = \(filter.status)::text)
                and (\(filter.category)::text is null or task.category = \(filter.category)::text)
                and (\(filter.agentID)::text is null or task.agent_id = \(filter.agentID)::text)
                and (\(filter.userID)::text is null or task.user_id = \(filter.userID)::text)
                and (\(filter.sessionID)::text is null or task.session_id = \(filter.sessionID)::text)
                and (\(filter.since)::timestamptz is null or task.created_at >= \(filter.since)::timestamptz)
                and (\(filter.until)::timestamptz is null or task.created_at < \(filter.until)::timestamptz)
                and (\(place?.createdAt)::timestamptz is null
                    or (task.created_at, task.id) < (\(place?.createdAt)::timestamptz, \(place?.id)::uuid))
            order by task.created_at desc, task.id desc limit \(limit)::bigint
            """, as: TaskSummary.self)
    }

    /// Said apart for an owner, so that its index is used whatever plan the server keeps.
    private static func source(of owner: String?) -> SQL {
        guard let owner else {
            return """
                select * from agent_tasks
                """
        }
        return """
            select * from agent_tasks where owner = \(owner)::text
            """
    }

    /// Whose these tasks are; those that came by the streams, and those that are not there, are left out.
    @Sendable
    public func owners(_ ids: [TaskID]) async throws -> [TaskID: String] {
        let rows = try await executor.query(
            """
            select id, owner from agent_tasks where id = any(\(ids)::uuid[]) and owner is not null
            """, as: OwnedTask.self)
        return Dictionary(rows.map { ($0.id, $0.owner) }) { first, _ in first }
    }

    /// What a publisher is told of these tasks.
    public func results(_ ids: [TaskID]) async throws -> [TaskID: TaskResult] {
        let rows = try await executor.query(
            """
            select task.id as "taskID", task.status, task.output, task.error_code, task.error_message,
                task.agent_id as "agentID", task.metadata, task.reply_to,
                case when score.task_id is not null then jsonb_build_object(
                    'accuracy', accuracy_score, 'relevance', relevance_score, 'completeness', completeness_score,
                    'efficiency', efficiency_score, 'overall', overall_score) end as scores,
                execution.cost_micro_usd as cost, execution.duration_seconds
            from agent_tasks as task
            left join agent_performance_scores as score on score.task_id = task.id
            left join executions as execution on execution.task_id = task.id and execution.attempt = task.attempt
            where task.id = any(\(ids)::uuid[])
            """, as: TaskResult.self)
        return Dictionary(rows.map { ($0.taskID, $0) }) { first, _ in first }
    }
}

/// A task's result, or why there is none: what a reply says.
public struct TaskResult: Sendable, Decodable {
    public var taskID: TaskID
    public var status: TaskStatus
    public var output: JSONValue?
    public var scores: Scores?
    public var errorCode: ErrorCode?
    public var errorMessage: String?
    public var agentID: AgentID?
    public var cost: MicroUSD?
    public var durationSeconds: Double?
    public var metadata: JSONValue?
    public var replyTo: String?

    public var fault: TaskFault? { errorCode.map { TaskFault($0, errorMessage ?? "") } }
}

private struct OwnedTask: Decodable {
    var id: TaskID
    var owner: String
}
