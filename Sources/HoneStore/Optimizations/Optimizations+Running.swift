public import HoneCore
import Postgres

/// A search that is not over.
public struct OpenOptimization: Sendable, Decodable, Hashable {
    public var id: OptimizationID
    public var agentID: AgentID
}

/// What may end a search from outside.
public struct OptimizationStanding: Sendable, Decodable, Hashable {
    public var status: String
    public var agentLifecycle: AgentLifecycle
}

/// A search's state as it was last saved.
public struct SavedSearch: Sendable, Decodable {
    /// JSON; nil before the first step.
    public var state: String?
    public var steps: Int64
}

extension Optimizations {
    /// What each agent's turn is: what runs already, else what waited longest. One per agent, the oldest first.
    public func turns() async throws -> [OpenOptimization] {
        try await executor.query(
            """
            select id, agent_id as "agentID" from (
                select distinct on (agent_id) id, agent_id, created_at from optimizations
                where status in ('queued', 'running') order by agent_id, status = 'queued', created_at, id
            ) as turn order by created_at, id
            """, as: OpenOptimization.self)
    }

    /// Begins a search, or goes on with one; false when it is over.
    public func begin(_ id: OptimizationID, from baseline: PromptID) async throws -> Bool {
        try await executor.run(
            """
            update optimizations
            set status = 'running', started_at = coalesce(started_at, now()),
                baseline_prompt_id = coalesce(baseline_prompt_id, \(baseline)::uuid)
            where id = \(id)::uuid and status in ('queued', 'running')
            """) > 0
    }

    public func saved(_ id: OptimizationID) async throws -> SavedSearch? {
        try await executor.first(
            """
            select state::text as state, steps from optimizations where id = \(id)::uuid
            """, as: SavedSearch.self)
    }

    /// Saves a step after `steps` others; false when somebody else went on, or the search is over.
    public func save(
        _ id: OptimizationID, state: some Encodable & Sendable, progress: some Encodable & Sendable, spent: MicroUSD,
        after steps: Int64
    ) async throws -> Bool {
        try await executor.run(
            """
            update optimizations
            set state = \(JSONText(state))::jsonb, progress = \(JSONText(progress))::jsonb,
                spent_micro_usd = \(spent)::bigint, steps = steps + 1
            where id = \(id)::uuid and status = 'running' and steps = \(steps)::bigint
            """) > 0
    }

    /// Nil when there is no such optimization.
    public func standing(of id: OptimizationID) async throws -> OptimizationStanding? {
        try await executor.first(
            """
            select status, lifecycle as "agentLifecycle"
            from optimizations as optimization join agents as agent on agent.id = optimization.agent_id
            where optimization.id = \(id)::uuid
            """, as: OptimizationStanding.self)
    }
}
