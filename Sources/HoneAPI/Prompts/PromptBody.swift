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
    /// What people have marked it with.
    public var labels: [String]
    public var createdAt: Date
    /// How it did on what it was tried on; null in lists, and where it never was.
    @OrNull public var figures: Figures?
    /// Its moves, the first one first; null in lists.
    @OrNull public var transitions: [Transition]?
    /// What became of its labels, the first change first; null in lists.
    @OrNull public var labelChanges: [LabelChange]?

    /// One move through the lifecycle.
    public struct Transition: Codable, Sendable {
        @OrNull public var from: PromptLifecycle?
        public var to: PromptLifecycle
        public var actor: String
        public var reason: String
        /// What spoke for it, and the gate that did; null for moves of which that was not asked.
        @OrNull public var proof: PromptProof?
        @OrNull public var experimentID: ExperimentID?
        public var at: Date

        enum CodingKeys: String, CodingKey {
            case from, to, actor, reason, proof, at
            case experimentID = "experiment_id"
        }
    }

    /// Of all trials that have a result.
    public struct Figures: Codable, Sendable {
        public var trials: Int
        /// 0 to 1.
        public var score: Double
        /// The mean difference to its first parent on the cases that both have done; null without any.
        @OrNull public var gain: Double?
        /// How many cases those are.
        public var sharedCases: Int

        enum CodingKeys: String, CodingKey {
            case trials, score, gain
            case sharedCases = "shared_cases"
        }
    }

    /// A label that was put on, or taken off.
    public struct LabelChange: Codable, Sendable {
        public var label: String
        public var present: Bool
        public var actor: String
        public var reason: String
        public var at: Date
    }

    enum CodingKeys: String, CodingKey {
        case id, version, state, since, template, seed, parents, labels, figures, transitions
        case labelChanges = "label_changes"
        case agentID = "agent_id"
        case agentType = "agent_type"
        case madeBy = "made_by"
        case createdBy = "created_by"
        case experimentID = "experiment_id"
        case createdAt = "created_at"
    }

    public init(
        _ history: PromptHistory, figures: PromptFigures? = nil, transitions: [PromptTransition]? = nil,
        labelChanges: [PromptLabelChange]? = nil
    ) {
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
        labels = history.labels
        createdAt = stored.createdAt
        self.figures = figures.map {
            Figures(trials: $0.trials, score: $0.score, gain: $0.gain, sharedCases: $0.shared)
        }
        self.transitions = transitions?.map {
            Transition(
                from: $0.fromState, to: $0.toState, actor: $0.actor, reason: $0.reason, proof: $0.proof,
                experimentID: $0.experimentID, at: $0.createdAt)
        }
        self.labelChanges = labelChanges?.map {
            LabelChange(label: $0.label, present: $0.present, actor: $0.actor, reason: $0.reason, at: $0.createdAt)
        }
    }
}

extension PromptBody {
    /// A prompt with everything that is known of it; nil when there is none.
    public static func load(_ id: PromptID, from store: Store) async throws -> PromptBody? {
        guard let history = try await store.prompts.history(of: id) else { return nil }
        return PromptBody(
            history, figures: try await store.prompts.figures(of: [id]).first,
            transitions: try await store.prompts.transitions(of: id),
            labelChanges: try await store.prompts.labelChanges(of: id))
    }

    /// A page of prompts, the newest first; `last` is the place after which it begins.
    public static func page(
        _ filter: PromptFilter, after last: (time: Date, id: PromptID)?, limit: Int, from store: Store
    ) async throws -> Page<PromptBody> {
        let found = try await store.prompts.list(filter, after: last, limit: limit + 1)
        let place = { (history: PromptHistory) in
            TimePlace(history.stored.createdAt, id: history.id.description)
        }
        return try Page(found, limit: limit, place: place) { PromptBody($0) }
    }
}

/// What a prompt comes from and what comes from it, itself included, oldest first.
public struct LineageBody: Codable, Sendable {
    public var id: PromptID
    public var items: [PromptBody]

    /// Nil when there is no such prompt.
    public static func load(_ id: PromptID, from store: Store) async throws -> LineageBody? {
        let family = try await store.prompts.family(of: id)
        guard !family.isEmpty else { return nil }
        let figures = Dictionary(
            try await store.prompts.figures(of: family.map(\.id)).map { ($0.promptID, $0) }
        ) { first, _ in first }
        return LineageBody(id: id, items: family.map { PromptBody($0, figures: figures[$0.id]) })
    }
}
