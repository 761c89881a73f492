public import HoneCore
import Postgres

/// `prompts` and their transitions: immutable words, and an append-only history of where they stand.
public struct Prompts: Sendable {
    let executor: any SQLExecutor

    /// The prompts of these ids; unknown ids are left out.
    public func load(_ ids: [PromptID]) async throws -> [StoredPrompt] {
        try await executor.query(
            """
            select prompt.id, prompt.agent_id as "agentID", version, template, agent_type, state as lifecycle, since,
                created_at
            from prompts as prompt left join prompt_states as state on state.prompt_id = prompt.id
            where prompt.id = any(\(ids)::uuid[])
            """, as: StoredPrompt.self)
    }

    public func load(_ id: PromptID) async throws -> StoredPrompt? {
        try await load([id]).first
    }

    /// An agent's prompts, oldest first.
    public func all(of agent: AgentID) async throws -> [StoredPrompt] {
        try await executor.query(
            """
            select prompt.id, prompt.agent_id as "agentID", version, template, agent_type, state as lifecycle, since,
                created_at
            from prompts as prompt left join prompt_states as state on state.prompt_id = prompt.id
            where prompt.agent_id = \(agent)::text order by created_at, prompt.id
            """, as: StoredPrompt.self)
    }

    /// The prompt that an agent works with; nil when it has none.
    public func production(of agent: AgentID) async throws -> StoredPrompt? {
        try await executor.first(
            """
            select prompt.id, prompt.agent_id as "agentID", version, template, agent_type, state as lifecycle, since,
                created_at
            from prompt_states as state join prompts as prompt on prompt.id = state.prompt_id
            where state.agent_id = \(agent)::text and state.state = 'production'
            """, as: StoredPrompt.self)
    }

    /// Adds a prompt as a draft. The same words for the same agent are there once: then it is `.unchanged`.
    public func add(_ prompt: NewPrompt) async throws -> Change {
        let inserted = try await executor.run(
            """
            insert into prompts (
                id, agent_id, agent_type, version, template, operator, seed, experiment_id, created_by)
            select \(prompt.id)::uuid, \(prompt.agentID)::text,
                coalesce(\(prompt.agentType)::text, \(prompt.agentID)::text),
                coalesce(
                    \(prompt.version)::text,
                    '1.' || greatest(
                        count(*),
                        max(case when version ~ '^1[.][0-9]{1,6}[.]' then split_part(version, '.', 2)::integer end) + 1
                    ) || '.0'),
                \(JSONText(prompt.template))::jsonb,
                \(prompt.madeBy)::text, \(prompt.seed)::bigint, \(prompt.experimentID)::uuid, \(prompt.actor)::text
            from prompts where agent_id = \(prompt.agentID)::text
            on conflict (id) do nothing
            """)
        guard inserted > 0 else { return .unchanged }
        try await executor.run(
            """
            insert into prompt_parents (child_id, parent_id, role, ordinal)
            select \(prompt.id)::uuid, parent, \(prompt.parentRole)::text, ordinal::smallint
            from unnest(\(prompt.parents)::uuid[]) with ordinality as parents (parent, ordinal)
            """)
        try await move(prompt.id, to: .draft, by: prompt.actor, because: "added by \(prompt.madeBy)")
        return .created
    }

    /// Throws ``IllegalPromptMove`` where a prompt cannot move so; staying where it is is no move.
    private func check(_ id: PromptID, mayBecome state: PromptLifecycle) async throws {
        guard let stored = try await load(id), stored.lifecycle != state else { return }
        guard !PromptLifecycle.allows(stored.lifecycle, to: state) else { return }
        throw IllegalPromptMove(from: stored.lifecycle, to: state)
    }

    /// The number of the last transition of any prompt: where it has not changed, nothing has moved.
    public func lastTransition() async throws -> Int64? {
        try await executor.first(
            """
            select max(id) as last from prompt_transitions
            """, as: Int64?.self) ?? nil
    }

    /// Appends a transition from where the prompt stands. Throws ``IllegalPromptMove`` for one that makes no sense. A second
    /// production prompt of an agent is refused with ``DatabaseError/violates(constraint:sqlState:)``; use
    /// ``promote(_:by:because:on:)``.
    ///
    /// `evidence` is what speaks for the move, where somebody asked for that.
    public func move(
        _ id: PromptID, to state: PromptLifecycle, by actor: String, because reason: String,
        on evidence: PromptEvidence? = nil
    ) async throws {
        try await check(id, mayBecome: state)
        try await executor.run(
            """
            insert into prompt_transitions (prompt_id, from_state, to_state, actor, reason, proof, experiment_id)
            select prompt.id, state.state, \(state)::text, \(actor)::text, \(reason.storable)::text,
                \(evidence?.proof)::text, \(evidence?.gate?.id)::uuid
            from prompts as prompt left join prompt_states as state on state.prompt_id = prompt.id
            where prompt.id = \(id)::uuid and state.state is distinct from \(state)::text
            """)
    }

    /// Puts a prompt into production and archives the one that was there. Run it in a transaction.
    public func promote(
        _ id: PromptID, by actor: String, because reason: String, on evidence: PromptEvidence? = nil
    ) async throws {
        try await executor.run(
            """
            insert into prompt_transitions (prompt_id, from_state, to_state, actor, reason)
            select state.prompt_id, state.state, 'archived', \(actor)::text, \(reason.storable)::text
            from prompt_states as state join prompts as next on next.agent_id = state.agent_id
            where next.id = \(id)::uuid and state.state = 'production' and state.prompt_id <> next.id
            """)
        try await move(id, to: .production, by: actor, because: reason, on: evidence)
    }

    /// Gives an agent its first production prompt. An agent that has one keeps it: what evolution has found is not
    /// undone by applying a file again. Run it in a transaction.
    public func ensureProduction(_ prompt: NewPrompt) async throws -> Change {
        guard try await production(of: prompt.agentID) == nil else { return .unchanged }
        _ = try await add(prompt)
        try await promote(prompt.id, by: prompt.actor, because: "the agent's first prompt")
        return .created
    }
}
