import HoneCore
import HoneMessages
import HoneStore

/// Moves prompts of one agent by a person's word, one at a time, and lets everybody know.
struct MovePrompt {
    let backend: Backend
    let agent: StoredAgent

    /// Puts a prompt into production, or out of the running. 409 from a state that this does not lead from.
    func decide(
        _ id: PromptID, to state: PromptLifecycle, by actor: String, because reason: String, action: String
    ) async throws {
        try await moving { store, prompts in
            guard let prompt = prompts[id], let present = prompt.lifecycle else {
                throw Problem.notFound("prompt \(id)")
            }
            guard [.draft, .experimental, .candidate].contains(present) else {
                throw Problem.conflict("The prompt is \(present.rawValue) already.")
            }
            try await move(id, to: state, in: store, by: actor, because: reason, action: action)
        }
    }

    /// Puts what the production prompt took the place of back into production; returns it.
    func rollBack(by actor: String, because reason: String) async throws -> PromptID {
        try await moving { store, _ in
            guard let before = try await store.prompts.predecessor(of: agent.id) else {
                throw Problem.conflict("No earlier prompt of \(agent.id) was in production.")
            }
            try await move(before, to: .production, in: store, by: actor, because: reason, action: "prompt.rollback")
            return before
        }
    }

    private func move(
        _ id: PromptID, to state: PromptLifecycle, in store: Store, by actor: String, because reason: String,
        action: String
    ) async throws {
        if state == .production {
            try await store.prompts.promote(id, by: actor, because: reason)
        } else {
            try await store.prompts.move(id, to: state, by: actor, because: reason)
        }
        try await store.audit.record(
            actor: actor, action: action, subjectKind: "prompt", subjectID: id.description,
            details: ["agent_id": .string(agent.id.rawValue), "reason": .string(reason)])
    }

    /// Runs `body` while nobody else moves this agent's prompts, and announces what has moved.
    private func moving<Value: Sendable>(
        _ body: @Sendable (Store, [PromptID: StoredPrompt]) async throws -> Value
    ) async throws -> Value {
        let (value, moved): (Value, [PromptChanged]) = try await backend.store.transaction { store in
            try await store.prompts.hold(agent.id)
            let before = Self.byID(try await store.prompts.all(of: agent.id))
            let value = try await body(store, before)
            return (value, changes(from: before, to: try await store.prompts.all(of: agent.id)))
        }
        await backend.announce(moved)
        return value
    }

    private static func byID(_ prompts: [StoredPrompt]) -> [PromptID: StoredPrompt] {
        Dictionary(prompts.map { ($0.prompt.id, $0) }) { first, _ in first }
    }

    private func changes(from before: [PromptID: StoredPrompt], to after: [StoredPrompt]) -> [PromptChanged] {
        after.compactMap { stored in
            let from = before[stored.prompt.id]?.lifecycle
            guard let to = stored.lifecycle, to != from else { return nil }
            return PromptChanged(
                promptID: stored.prompt.id, agentType: agent.agent.type, agentID: agent.id,
                version: stored.prompt.version, from: from, to: to)
        }
    }
}
