import HoneCore
import HoneStore

/// One agent's prompts while somebody moves them. Inside a transaction that holds them.
struct PromotionDesk: Sendable {
    let agent: Agent
    let store: Store
    let production: PromptID?
    let canary: DeploymentRecord?
    /// As it was before.
    let standings: [PromptStanding]

    init(_ agent: Agent, in store: Store) async throws {
        self.agent = agent
        self.store = store
        standings = try await store.prompts.standings(of: agent.id)
        production = standings.first { $0.state == .production }?.id
        canary = try await store.deployments.canary(of: agent.id)
    }

    func standing(of id: PromptID) throws -> PromptStanding {
        guard let standing = standings.first(where: { $0.id == id }) else {
            throw PromotionRefusal.missing("prompt \(id)")
        }
        return standing
    }

    /// What speaks for a prompt. Throws when that is stale and nobody forces it.
    func evidence(for id: PromptID, isForced: Bool) async throws -> PromptEvidence {
        let evidence = try await store.experiments.evidence(for: id, against: production)
        if evidence.proof == .stale, !isForced {
            let baseline = evidence.gate?.baselinePromptID
            let then = standings.first { $0.id == baseline }?.version ?? "another prompt"
            let now = standings.first { $0.id == production }?.version ?? "none"
            throw PromotionRefusal.conflict(
                "Its gate is stale: it was proved better than \(then), and \(now) is in production now. Have it gated "
                    + "again, or force it with a reason.")
        }
        return evidence
    }

    /// Puts a prompt into production, or on trial.
    func deploy(
        _ new: NewDeployment, on evidence: PromptEvidence, isForced: Bool, as action: String
    ) async throws -> PromptMove {
        if new.share < 1 {
            try await begin(new, on: evidence)
        } else {
            try await store.prompts.promote(new.promptID, by: new.actor, because: new.reason, on: evidence)
            try await store.deployments.supersede(of: agent.id, because: "another prompt came into production")
            try await clearAlert()
            try await store.deployments.start(new)
        }
        try await audit(
            action, new.promptID, by: new.actor, because: new.reason,
            [
                "proof": .string(evidence.proof.rawValue), "share": .number(new.share), "forced": .bool(isForced),
                "deployment_id": .string(new.id.description),
            ])
        let told = new.share < 1 ? "a canary has \(Self.percent(new.share)) of the tasks" : "in production"
        return try await move(new.promptID, new.id, told, by: new.actor, proof: evidence.proof)
    }

    private func begin(_ new: NewDeployment, on evidence: PromptEvidence) async throws {
        guard production != nil else {
            throw PromotionRefusal.conflict("\(agent.id) has no production prompt to share tasks with.")
        }
        if let canary {
            throw PromotionRefusal.conflict(
                "Another prompt of \(agent.id) is a canary (\(canary.promptID)): roll it back or approve it first.")
        }
        try await store.prompts.move(
            new.promptID, to: .candidate, by: new.actor, because: new.reason, on: evidence)
        try await store.deployments.start(new)
    }

    /// Gives the canary another share of the tasks; with 1 it is in production.
    func reshare(
        _ canary: DeploymentRecord, _ share: Double, by actor: String, because reason: String, as action: String
    ) async throws -> PromptMove {
        if share < 1 {
            try await store.deployments.share(canary.id, share)
        } else {
            try await store.prompts.promote(
                canary.promptID, by: actor, because: reason, on: evidence(behind: canary))
            try await store.deployments.supersede(
                of: agent.id, except: canary.id, because: "another prompt came into production")
            try await clearAlert()
            try await store.deployments.promote(canary.id)
        }
        try await audit(
            action, canary.promptID, by: actor, because: reason,
            [
                "proof": .string(canary.proof.rawValue), "share": .number(share),
                "deployment_id": .string(canary.id.description),
            ])
        let told = share < 1 ? "the canary has \(Self.percent(share)) of the tasks" : "in production"
        return try await move(canary.promptID, canary.id, told, by: actor, proof: canary.proof)
    }

    private func evidence(behind canary: DeploymentRecord) async throws -> PromptEvidence {
        guard let gate = canary.gateExperimentID else { return PromptEvidence(proof: canary.proof, gate: nil) }
        return PromptEvidence(proof: canary.proof, gate: try await store.experiments.load(gate))
    }

    /// Ends the canary and archives its prompt. `prompt` is what the answer is about.
    func takeBack(
        _ canary: DeploymentRecord, by actor: String, because reason: String, as action: String, giving prompt: PromptID
    ) async throws -> PromptMove {
        try await store.deployments.end(canary.id, as: .rolledBack, because: reason)
        try await store.prompts.move(canary.promptID, to: .archived, by: actor, because: reason)
        try await audit(
            action, canary.promptID, by: actor, because: reason,
            ["deployment_id": .string(canary.id.description), "share": .number(canary.share)])
        return try await move(prompt, canary.id, "the canary was taken back: \(reason)", by: actor)
    }

    /// Puts what was in production before back there.
    func restore(by actor: String, because reason: String) async throws -> PromptMove {
        guard let present = production, let before = try await store.prompts.predecessor(of: agent.id) else {
            throw PromotionRefusal.conflict("No earlier prompt of \(agent.id) was in production.")
        }
        try await store.prompts.promote(before, by: actor, because: reason)
        try await store.deployments.rolledBack(present, of: agent.id, to: before, by: actor, because: reason)
        try await clearAlert()
        try await audit("prompt.rollback", before, by: actor, because: reason, ["instead_of": .string("\(present)")])
        let ended = try await store.deployments.latest(of: present)
        return try await move(before, ended?.id, "rolled back: \(reason)", by: actor)
    }
}
