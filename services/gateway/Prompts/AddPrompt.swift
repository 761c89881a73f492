import HoneAPI
import HoneCore
import HoneStore

/// Adds a draft to the registry. Inside a transaction.
struct AddPrompt {
    let store: Store
    let actor: String

    func add(_ wanted: PromptRequest) async throws -> PromptID {
        guard let agent = try await store.agents.load(wanted.agentID) else {
            throw InvalidValue(path: "agent_id", found: "\"\(wanted.agentID)\"", expected: "an agent on record")
        }
        let known = try await store.prompts.all(of: agent.id)
        let new = NewPrompt(
            agentID: agent.id, template: wanted.template, version: wanted.version,
            agentType: wanted.agentType ?? agent.agent.type.rawValue, parents: wanted.parents ?? [], madeBy: "api",
            actor: actor)
        if let same = known.first(where: { $0.prompt.id == new.id }) {
            throw Problem.conflict("These very words are prompt \(same.prompt.version) of \(agent.id) already.")
        }
        if let version = wanted.version, known.contains(where: { $0.prompt.version == version }) {
            throw Problem.conflict("There is a version \(version) of the prompt of \(agent.id) already.")
        }
        try await checkParents(new.parents)
        _ = try await store.prompts.add(new)
        try await store.audit.record(
            actor: actor, action: "prompt.create", subjectKind: "prompt", subjectID: new.id.description,
            details: ["agent_id": .string(agent.id.rawValue)])
        return new.id
    }

    private func checkParents(_ parents: [PromptID]) async throws {
        let known = Set(try await store.prompts.load(parents).map(\.prompt.id))
        for (index, parent) in parents.enumerated() where !known.contains(parent) {
            throw InvalidValue(path: "parents[\(index)]", found: "\"\(parent)\"", expected: "a prompt on record")
        }
    }
}
