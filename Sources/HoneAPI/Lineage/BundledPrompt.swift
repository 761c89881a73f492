import Foundation
import HoneCore
import HoneEvolution
import HoneStore

/// What the bundle is about: its first entry.
struct BundledHeader: Codable {
    var promptID: PromptID
    var agentID: AgentID
    var exportedAt: Date
    var exportedBy: String
    var honeVersion: String

    enum CodingKeys: String, CodingKey {
        case promptID = "prompt_id"
        case agentID = "agent_id"
        case exportedAt = "exported_at"
        case exportedBy = "exported_by"
        case honeVersion = "hone_version"
    }
}

/// One prompt, and what it was made of.
struct BundledPrompt: Codable {
    var id: PromptID
    var agentID: AgentID
    var agentType: String
    var version: String
    var template: PromptTemplate
    var madeBy: String
    var createdBy: String
    @OrNull var seed: Int64?
    @OrNull var experimentID: ExperimentID?
    var parents: [Parent]
    var labels: [String]
    var createdAt: Date
    @OrNull var state: PromptLifecycle?

    enum CodingKeys: String, CodingKey {
        case id, version, template, seed, parents, labels, state
        case agentID = "agent_id"
        case agentType = "agent_type"
        case madeBy = "made_by"
        case createdBy = "created_by"
        case experimentID = "experiment_id"
        case createdAt = "created_at"
    }

    struct Parent: Codable {
        var id: PromptID
        /// `mutation`, `crossover`, `merge` or `copy`.
        var role: String
    }

    init(_ history: PromptHistory, parents: [PromptParent]) {
        let stored = history.stored
        id = stored.prompt.id
        agentID = stored.prompt.agentID
        agentType = stored.agentType
        version = stored.prompt.version
        template = stored.prompt.template
        madeBy = history.madeBy
        createdBy = history.createdBy
        seed = history.seed
        experimentID = history.experimentID
        self.parents = parents.map { Parent(id: $0.parentID, role: $0.role) }
        labels = history.labels
        createdAt = stored.createdAt
        state = stored.lifecycle
    }
}

/// What a child says otherwise than one of its parents.
struct BundledDiff: Codable {
    var child: PromptID
    var parent: PromptID
    var hunks: [LineDiff.Hunk]
    var unified: String
}
