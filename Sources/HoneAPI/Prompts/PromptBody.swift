public import Foundation
public import HoneCore
public import HoneStore

/// A version of an agent's prompt.
public struct PromptBody: Codable, Sendable {
    public var id: PromptID
    public var agentID: AgentID
    public var agentType: String
    public var version: String
    @OrNull public var state: PromptLifecycle?
    /// Since when it is in this state.
    @OrNull public var since: Date?
    public var template: PromptTemplate
    /// What made it: `apply`, `api`, or an operator of the optimizer.
    public var madeBy: String
    public var createdBy: String
    @OrNull public var seed: Int64?
    @OrNull public var experimentID: ExperimentID?
    public var parents: [PromptID]
    public var createdAt: Date
    /// Its moves, the first one first; null in lists.
    @OrNull public var transitions: [Transition]?

    /// One move through the lifecycle.
    public struct Transition: Codable, Sendable {
        @OrNull public var from: PromptLifecycle?
        public var to: PromptLifecycle
        public var actor: String
        public var reason: String
        public var at: Date
    }

    enum CodingKeys: String, CodingKey {
        case id, version, state, since, template, seed, parents, transitions
        case agentID = "agent_id"
        case agentType = "agent_type"
        case madeBy = "made_by"
        case createdBy = "created_by"
        case experimentID = "experiment_id"
        case createdAt = "created_at"
    }

    public init(_ history: PromptHistory, transitions: [PromptTransition]? = nil) {
        let stored = history.stored
        id = stored.prompt.id
        agentID = stored.prompt.agentID
        agentType = stored.agentType
        version = stored.prompt.version
        state = stored.lifecycle
        since = stored.since
        template = stored.prompt.template
        madeBy = history.madeBy
        createdBy = history.createdBy
        seed = history.seed
        experimentID = history.experimentID
        parents = history.parents
        createdAt = stored.createdAt
        self.transitions = transitions?.map {
            Transition(from: $0.fromState, to: $0.toState, actor: $0.actor, reason: $0.reason, at: $0.createdAt)
        }
    }
}

/// What a prompt comes from and what comes from it, itself included, oldest first.
public struct LineageBody: Codable, Sendable {
    public var id: PromptID
    public var items: [PromptBody]

    public init(of id: PromptID, _ family: [PromptHistory]) {
        self.id = id
        items = family.map { PromptBody($0) }
    }
}
