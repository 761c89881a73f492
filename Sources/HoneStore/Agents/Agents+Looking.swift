public import Foundation
public import HoneCore
import Postgres

/// Which agents to list. Nil lets everything through.
public struct AgentFilter: Sendable {
    public var lifecycle: AgentLifecycle?
    public var type: AgentType?
    public var category: HoneCore.Category?

    public init(lifecycle: AgentLifecycle? = nil, type: AgentType? = nil, category: HoneCore.Category? = nil) {
        self.lifecycle = lifecycle
        self.type = type
        self.category = category
    }
}

/// How an agent's latest attempt at a task ended.
public struct LastAttempt: Sendable, Decodable, Hashable {
    public var taskID: TaskID
    public var attempt: Int
    public var status: String
    public var errorCode: ErrorCode?
    public var durationSeconds: Double
    /// Nil when the model's price is not known.
    public var cost: MicroUSD?
    public var endedAt: Date
}

extension Agents {
    /// Agents by id; `last` is the last one of the page before.
    public func list(_ filter: AgentFilter, after last: AgentID?, limit: Int) async throws -> [StoredAgent] {
        try await executor.query(
            """
            select agent.id, nickname, type, roles, lifecycle, specialization, model, parameters, tools, capacity,
                review_criteria, prompt.prompt_id as "promptID", prompt.since as prompt_since,
                canary.prompt_id as "canaryPromptID", canary.share as canary_share, agent.created_at, agent.updated_at
            from agents as agent
            left join prompt_states as prompt on prompt.agent_id = agent.id and prompt.state = 'production'
            left join deployments as canary on canary.agent_id = agent.id and canary.status = 'canary'
            where (\(filter.lifecycle)::text is null or lifecycle = \(filter.lifecycle)::text)
                and (\(filter.type)::text is null or type = \(filter.type)::text)
                and (\(filter.category)::text is null or \(filter.category)::text = any(specialization))
                and (\(last)::text is null or agent.id > \(last)::text)
            order by agent.id limit \(limit)::bigint
            """, as: StoredAgent.self)
    }

    /// The latest attempt that an agent has ended; nil before its first.
    public func lastAttempt(of agent: AgentID) async throws -> LastAttempt? {
        try await executor.first(
            """
            select task_id as "taskID", attempt, status, error_code, duration_seconds, cost_micro_usd as cost,
                created_at as ended_at
            from executions where agent_id = \(agent)::text order by created_at desc limit 1
            """, as: LastAttempt.self)
    }
}
