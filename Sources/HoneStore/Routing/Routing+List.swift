public import Foundation
public import HoneCore
import Postgres

/// Which decisions to list. Nil lets everything through.
public struct DecisionFilter: Sendable {
    public var taskID: TaskID?
    public var agentID: AgentID?
    public var policy: String?
    public var since: Date?
    /// Whose tasks.
    public var owner: String?

    public init(
        taskID: TaskID? = nil, agentID: AgentID? = nil, policy: String? = nil, since: Date? = nil, owner: String? = nil
    ) {
        self.taskID = taskID
        self.agentID = agentID
        self.policy = policy
        self.since = since
        self.owner = owner
    }
}

extension Routing {
    /// Decisions, newest first; `last` is the time and id of the last one of the page before.
    public func decisions(
        _ filter: DecisionFilter, after last: (time: Date, id: RoutingDecisionID)?, limit: Int
    ) async throws -> [RoutedAttempt] {
        try await executor.query(
            """
            select id, task_id as "taskID", attempt, agent_id as "agentID", policy, candidates, scores, propensities,
                feature_names, features, reason, seed, created_at
            from routing_decisions
            where (\(filter.taskID)::uuid is null or task_id = \(filter.taskID)::uuid)
                and (\(filter.agentID)::text is null or agent_id = \(filter.agentID)::text)
                and (\(filter.policy)::text is null or policy = \(filter.policy)::text)
                and (\(filter.since)::timestamptz is null or created_at >= \(filter.since)::timestamptz)
                and (\(filter.owner)::text is null or exists (
                    select from agent_tasks as task
                    where task.id = routing_decisions.task_id and task.owner = \(filter.owner)::text))
                and (\(last?.time)::timestamptz is null
                    or (created_at, id) < (\(last?.time)::timestamptz, \(last?.id)::uuid))
            order by created_at desc, id desc limit \(limit)::bigint
            """, as: RoutedAttempt.self)
    }
}
