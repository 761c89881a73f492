import HoneCore
import HoneMessages
public import HoneStore

extension AgentResource {
    public func apply(to store: Store) async throws -> Applied {
        try await checkModel(in: store)
        let known = try await store.agents.load(id)
        let criteria = reviewCriteria ?? known?.reviewCriteria ?? [:]
        var applied = Applied(change: try await store.agents.apply(agent(besides: known), reviewCriteria: criteria))
        if try await budget?.apply(to: id, in: store) == true, applied.change == .unchanged {
            applied.change = .updated
        }
        try await applyPrompt(to: store, &applied)
        return applied
    }

    private func checkModel(in store: Store) async throws {
        guard let model, try await !store.models.all().contains(where: { $0.id == model }) else { return }
        throw InvalidValue(
            path: "model", found: "\"\(model)\"", expected: "an approved model; apply it before, or in the same call")
    }

    /// Gives the agent its first production prompt. One that it has stays: later ones come from the registry.
    private func applyPrompt(to store: Store, _ applied: inout Applied) async throws {
        guard let prompt else { return }
        let new = NewPrompt(agentID: id, template: prompt, agentType: type.rawValue, actor: "apply")
        let change = try await store.prompts.ensureProduction(new)
        guard let present = try await store.prompts.production(of: id) else { return }
        if change == .created {
            applied.change = applied.change == .unchanged ? .updated : applied.change
            applied.note = "prompt \(present.prompt.version) is in production"
            applied.prompts = [
                PromptChanged(
                    promptID: present.prompt.id, agentType: type, agentID: id, version: present.prompt.version,
                    from: .draft, to: .production)
            ]
        } else if present.prompt.template != prompt {
            applied.note = "its production prompt \(present.prompt.version) differs from the file, and stays"
        }
    }

    public static func stored(in store: Store) async throws -> [AgentResource] {
        let agents = try await store.agents.all()
        let prompts = try await store.prompts.load(agents.compactMap(\.promptID))
        let templates = Dictionary(prompts.map { ($0.prompt.id, $0.prompt.template) }) { first, _ in first }
        let caps = Dictionary(try await store.budgets.dailyCaps().map { ($0.agentID, $0.limit) }) { first, _ in first }
        return agents.map { agent in
            AgentResource(agent, prompt: agent.promptID.flatMap { templates[$0] }, dailyCap: caps[agent.id])
        }
    }
}
