public import Foundation
public import HoneCore
import Postgres

/// A line of the log, with its place in the list and whose task it tells of.
public struct AgentLogLine: Sendable, Decodable {
    public var id: Int64
    public var time: Date
    public var level: String
    public var source: String
    public var message: String
    public var traceID: String?
    public var messageID: String?
    public var taskID: String?
    public var details: [String: String]
    public var owner: String?
}

extension Logs {
    /// The lines that tell of an agent's tasks or name it, the latest first; `place` is where the page before ended. With
    /// an owner only lines that tell of that caller's tasks.
    public func lines(
        of agent: AgentID, owner: String? = nil, after place: (time: Date, id: Int64)? = nil, limit: Int
    ) async throws -> [AgentLogLine] {
        // Other services may have written anything where a task's id should be.
        try await executor.query(
            """
            select log.id, log."timestamp" as time, log.level, log.source, log.message, log.trace_id as "traceID",
                log.message_id as "messageID", log.task_id as "taskID", log.details, task.owner
            from system_logs as log
            left join agent_tasks as task on task.id = case
                when log.task_id ~* '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$' then log.task_id::uuid end
            where (task.agent_id = \(agent)::text or log.details ->> 'agent_id' = \(agent)::text)
                and (\(owner)::text is null or task.owner = \(owner)::text)
                and (\(place?.time)::timestamptz is null
                    or (log."timestamp", log.id) < (\(place?.time)::timestamptz, \(place?.id)::bigint))
            order by log."timestamp" desc, log.id desc limit \(limit)::bigint
            """, as: AgentLogLine.self)
    }
}
