public import HoneCore
import Postgres

/// `agents`: who may be given work.
public struct Agents: Sendable {
    let executor: any SQLExecutor

    /// All agents, by id; of every lifecycle, so that a router can say why it left one out.
    public func all() async throws -> [StoredAgent] {
        try await executor.query(
            """
            select agent.id, nickname, type, roles, lifecycle, specialization, model, parameters, tools, capacity,
                review_criteria, prompt.prompt_id as "promptID", prompt.since as prompt_since,
                canary.prompt_id as "canaryPromptID", canary.share as canary_share, agent.created_at, agent.updated_at
            from agents as agent
            left join prompt_states as prompt on prompt.agent_id = agent.id and prompt.state = 'production'
            left join deployments as canary on canary.agent_id = agent.id and canary.status = 'canary'
            order by agent.id
            """, as: StoredAgent.self)
    }

    public func load(_ id: AgentID) async throws -> StoredAgent? {
        try await all().first { $0.id == id }
    }

    /// Makes the stored agent equal to `agent`. Its activity, and what the outside knows it by, stay.
    public func apply(_ agent: Agent, reviewCriteria: [String: String] = [:]) async throws -> Change {
        let isNew = try await executor.first(
            """
            insert into agents as stored (
                id, nickname, type, roles, lifecycle, specialization, model, parameters, tools, capacity,
                review_criteria)
            values (
                \(agent.id)::text, \(agent.nickname.storable)::text, \(agent.type)::text,
                \(agent.roles.sorted { $0.rawValue < $1.rawValue })::text[], \(agent.lifecycle)::text,
                \(agent.specialization)::text[], \(agent.model)::text, \(JSONText(agent.parameters))::jsonb,
                \(agent.tools)::text[], \(agent.capacity)::integer, \(JSONText(reviewCriteria))::jsonb)
            on conflict (id) do update
            set nickname = excluded.nickname, type = excluded.type, roles = excluded.roles,
                lifecycle = excluded.lifecycle, specialization = excluded.specialization, model = excluded.model,
                parameters = excluded.parameters, tools = excluded.tools, capacity = excluded.capacity,
                review_criteria = excluded.review_criteria, updated_at = now()
            where (
                stored.nickname, stored.type, stored.roles, stored.lifecycle, stored.specialization, stored.model,
                stored.parameters, stored.tools, stored.capacity, stored.review_criteria
            ) is distinct from (
                excluded.nickname, excluded.type, excluded.roles, excluded.lifecycle, excluded.specialization,
                excluded.model, excluded.parameters, excluded.tools, excluded.capacity, excluded.review_criteria)
            returning xmax = 0 as is_new
            """, as: Bool.self)
        return Change(isNew)
    }

    /// Moves an agent to another lifecycle; false when there is no such agent.
    public func move(_ id: AgentID, to lifecycle: AgentLifecycle) async throws -> Bool {
        try await executor.run(
            """
            update agents set lifecycle = \(lifecycle)::text, updated_at = now() where id = \(id)::text
            """) > 0
    }
}

extension Change {
    /// From an upsert that returns no row when nothing differs, else whether the row is new.
    init(_ isNew: Bool?) {
        self = isNew.map { $0 ? .created : .updated } ?? .unchanged
    }
}
