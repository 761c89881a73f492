import HoneCore
import HoneEvolution
import HoneStore

/// Which prompt each candidate of a search is. A candidate goes into the registry when it is first tried.
struct PromptBook {
    static let actor = "optimizer"

    private let plan: RunPlan
    /// What the search began with, whatever the agent's parameters are by now.
    private let start: Genome
    private var registered: Set<Int> = [0]

    init(_ plan: RunPlan, from start: Genome) {
        self.plan = plan
        self.start = start
    }

    /// Made of its words: the same candidate is the same prompt, in whichever process.
    func id(of candidate: Candidate) -> PromptID {
        candidate.number == 0 ? plan.baseline.prompt.id : draft(candidate, parents: []).id
    }

    /// Puts those on record that are not there, as experimental.
    mutating func register(_ numbers: Set<Int>, of board: Scoreboard, in store: Store) async throws {
        let fresh = numbers.subtracting(registered).sorted()
        guard !fresh.isEmpty else { return }
        let drafts = fresh.map { number in
            let candidate = board.candidates[number]
            let mine = id(of: candidate)
            let parents = candidate.parents.map { id(of: board.candidates[$0]) }
            return draft(candidate, parents: parents.uniqued().filter { $0 != mine })
        }
        let optimization = plan.record.id
        try await store.transaction { store in
            for draft in drafts { try await Self.add(draft, to: store, optimization) }
        }
        registered.formUnion(fresh)
    }

    private func draft(_ candidate: Candidate, parents: [PromptID]) -> NewPrompt {
        // What nobody changed stays the agent's.
        var template = candidate.genome.template
        if candidate.genome.parameters == start.parameters {
            template.parameters = plan.baseline.prompt.template.parameters
        }
        return NewPrompt(
            agentID: plan.agent.id, template: template, agentType: plan.baseline.agentType,
            parents: parents, madeBy: candidate.maker, actor: Self.actor, seed: plan.record.seed,
            experimentID: ExperimentID(derivedFrom: plan.record.id, "validation"))
    }

    /// What is known already stays where it stands, unless nobody has done anything with it.
    private static func add(_ draft: NewPrompt, to store: Store, _ optimization: OptimizationID) async throws {
        let known = try await store.prompts.load(Array(Set(draft.parents + [draft.id])))
        var draft = draft
        draft.parents = draft.parents.filter { parent in known.contains { $0.prompt.id == parent } }
        _ = try await store.prompts.add(draft)
        let state = known.first { $0.prompt.id == draft.id }?.lifecycle ?? .draft
        guard state == .draft else { return }
        try await store.prompts.move(
            draft.id, to: .experimental, by: actor, because: "tried in optimization \(optimization)")
    }
}
