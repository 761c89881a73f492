public import Foundation
public import HoneCore
import Postgres

/// A prompt with all that is known of how it came about.
public struct PromptHistory: Sendable, Decodable {
    public var stored: StoredPrompt
    /// What made it: `apply`, `api`, or an operator of the optimizer.
    public var madeBy: String
    public var createdBy: String
    public var seed: Int64?
    public var experimentID: ExperimentID?
    /// The prompts that it was made of, the first one first.
    public var parents: [PromptID]
    /// What people have marked it with, by name.
    public var labels: [String]

    public var id: PromptID { stored.prompt.id }

    private enum CodingKeys: String, CodingKey {
        case madeBy, createdBy, seed, experimentID, parents, labels
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        stored = try StoredPrompt(from: decoder)
        madeBy = try container.decode(String.self, forKey: .madeBy)
        createdBy = try container.decode(String.self, forKey: .createdBy)
        seed = try container.decodeIfPresent(Int64.self, forKey: .seed)
        experimentID = try container.decodeIfPresent(ExperimentID.self, forKey: .experimentID)
        parents = try container.decode([PromptID].self, forKey: .parents)
        labels = try container.decode([String].self, forKey: .labels)
    }
}

/// One move of a prompt through its lifecycle.
public struct PromptTransition: Sendable, Decodable, Hashable {
    public var fromState: PromptLifecycle?
    public var toState: PromptLifecycle
    public var actor: String
    public var reason: String
    /// What spoke for it, where that was asked.
    public var proof: PromptProof?
    /// The gate that did.
    public var experimentID: ExperimentID?
    public var createdAt: Date
}

/// Which prompts to list. Nil lets everything through.
public struct PromptFilter: Sendable {
    public var agentID: AgentID?
    public var agentType: String?
    public var state: PromptLifecycle?
    public var label: String?

    public init(
        agentID: AgentID? = nil, agentType: String? = nil, state: PromptLifecycle? = nil, label: String? = nil
    ) {
        self.agentID = agentID
        self.agentType = agentType
        self.state = state
        self.label = label
    }
}

extension Prompts {
    /// Every prompt as ``PromptHistory`` wants it.
    static let everyPrompt: SQL = """
        select prompt.id, prompt.agent_id as "agentID", version, template, agent_type, state as lifecycle, since,
            created_at, prompt.operator as made_by, created_by, seed, experiment_id as "experimentID",
            array(
                select parent_id::text from prompt_parents where child_id = prompt.id order by ordinal, parent_id
            ) as parents,
            labels_of(prompt.id) as labels
        from prompts as prompt left join prompt_states as state on state.prompt_id = prompt.id
        """

    /// A prompt with its history; nil when there is none.
    public func history(of id: PromptID) async throws -> PromptHistory? {
        try await executor.first(
            """
            select * from (\(fragment: Self.everyPrompt)) as prompt where id = \(id)::uuid
            """, as: PromptHistory.self)
    }

    /// Prompts, newest first; `last` is the time and id of the last one of the page before.
    public func list(
        _ filter: PromptFilter, after last: (time: Date, id: PromptID)?, limit: Int
    ) async throws -> [PromptHistory] {
        try await executor.query(
            """
            select * from (\(fragment: Self.everyPrompt)) as prompt
            where (\(filter.agentID)::text is null or "agentID" = \(filter.agentID)::text)
                and (\(filter.agentType)::text is null or agent_type = \(filter.agentType)::text)
                and (\(filter.state)::text is null or lifecycle = \(filter.state)::text)
                and (\(filter.label)::text is null or \(filter.label)::text = any(labels))
                and (\(last?.time)::timestamptz is null
                    or (created_at, id) < (\(last?.time)::timestamptz, \(last?.id)::uuid))
            order by created_at desc, id desc limit \(limit)::bigint
            """, as: PromptHistory.self)
    }

    /// All that a prompt comes from and all that comes from it, itself included, oldest first.
    public func family(of id: PromptID) async throws -> [PromptHistory] {
        try await executor.query(
            """
            with recursive ancestors (id) as (
                select \(id)::uuid
                union select parent_id from prompt_parents join ancestors on child_id = ancestors.id
            ), descendants (id) as (
                select \(id)::uuid
                union select child_id from prompt_parents join descendants on parent_id = descendants.id
            )
            select * from (\(fragment: Self.everyPrompt)) as prompt
            where id in (select id from ancestors union select id from descendants)
            order by created_at, id
            """, as: PromptHistory.self)
    }

    /// A prompt's moves, the first one first.
    public func transitions(of id: PromptID) async throws -> [PromptTransition] {
        try await executor.query(
            """
            select from_state, to_state, actor, reason, proof, experiment_id as "experimentID", created_at
            from prompt_transitions where prompt_id = \(id)::uuid order by id
            """, as: PromptTransition.self)
    }

    /// Keeps everybody else from moving an agent's prompts until the transaction ends.
    public func hold(_ agent: AgentID) async throws {
        try await executor.run(
            """
            select prompt_id from prompt_states where agent_id = \(agent)::text order by prompt_id for update
            """)
    }

    /// Where an agent's prompts stand, without their words.
    public func standings(of agent: AgentID) async throws -> [PromptStanding] {
        try await executor.query(
            """
            select prompt.id, prompt.version, state.state
            from prompt_states as state join prompts as prompt on prompt.id = state.prompt_id
            where state.agent_id = \(agent)::text order by prompt.created_at, prompt.id
            """, as: PromptStanding.self)
    }

    /// The prompt that an agent's present one took the place of, to go back to; nil when there was none. One that was
    /// itself taken back is passed over: going back twice leads two prompts back, not forth again.
    public func predecessor(of agent: AgentID) async throws -> PromptID? {
        try await executor.first(
            """
            select transition.prompt_id
            from prompt_transitions as transition
            join prompt_states as state on state.prompt_id = transition.prompt_id
            where state.agent_id = \(agent)::text and transition.from_state = 'production'
                and state.state = 'archived'
                and (
                    select status from deployments where prompt_id = transition.prompt_id
                    order by created_at desc, id desc limit 1
                ) is distinct from 'rolled_back'
            order by transition.id desc limit 1
            """, as: PromptID.self)
    }
}
