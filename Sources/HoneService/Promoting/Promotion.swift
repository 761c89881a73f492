public import HoneCore
import HoneMessages
public import HoneStore

/// Moves prompts into production, on trial, and back: of one agent one move at a time, each in one transaction with its
/// row in the audit log. Whoever calls announces what comes back.
public struct Promotion: Sendable {
    let store: Store
    /// `HONE_CANARY_SHARE`.
    let usualShare: Double

    public init(store: Store, usualShare: Double = 1) {
        self.store = store
        self.usualShare = usualShare
    }

    /// By a person's word: into production at once, or as a canary with a share of the tasks. A prompt that no gate has
    /// proved may come there too, and the record says so; one whose gate was against an earlier prompt only by force.
    ///
    /// Approving a canary again changes its share. Throws ``PromotionRefusal`` and `InvalidValue`.
    public func approve(
        _ id: PromptID, _ wish: PromotionWish, by actor: String, as action: String = "prompt.approve",
        found optimization: OptimizationID? = nil
    ) async throws -> PromptMove {
        try wish.validate()
        return try await moving(agent(of: id)) { desk in
            let reason = wish.reason ?? "approved"
            let standing = try desk.standing(of: id)
            guard [.draft, .experimental, .candidate].contains(standing.state) else {
                throw PromotionRefusal.conflict("The prompt is \(standing.state.rawValue) already.")
            }
            if let canary = desk.canary, canary.promptID == id {
                guard let share = wish.share else { throw PromotionRefusal.isCanary(canary) }
                return try await desk.reshare(canary, share, by: actor, because: reason, as: action)
            }
            let evidence = try await desk.evidence(for: id, isForced: wish.isForced)
            let new = NewDeployment(
                agentID: desk.agent.id, promptID: id, baselinePromptID: desk.production, optimizationID: optimization,
                gate: evidence.gate?.id, proof: evidence.proof, share: wish.share ?? usualShare, actor: actor,
                reason: reason)
            return try await desk.deploy(new, on: evidence, isForced: wish.isForced, as: action)
        }
    }

    /// Out of the running, by a person's word. A canary ends with it.
    public func reject(_ id: PromptID, by actor: String, because reason: String) async throws -> PromptMove {
        try await moving(agent(of: id)) { desk in
            let standing = try desk.standing(of: id)
            guard [.draft, .experimental, .candidate].contains(standing.state) else {
                throw PromotionRefusal.conflict("The prompt is \(standing.state.rawValue) already.")
            }
            if let canary = desk.canary, canary.promptID == id {
                return try await desk.takeBack(canary, by: actor, because: reason, as: "prompt.reject", giving: id)
            }
            try await desk.store.prompts.move(id, to: .archived, by: actor, because: reason)
            try await desk.audit("prompt.reject", id, by: actor, because: reason)
            return try await desk.move(id, nil, nil)
        }
    }

    /// One step back, at any time: ends the agent's canary or, without one, puts what the production prompt took the place
    /// of back into production.
    public func rollBack(_ agent: AgentID, by actor: String, because reason: String) async throws -> PromptMove {
        try await moving(agent) { desk in
            if let canary = desk.canary, let production = desk.production {
                return try await desk.takeBack(
                    canary, by: actor, because: reason, as: "prompt.rollback", giving: production)
            }
            return try await desk.restore(by: actor, because: reason)
        }
    }

    private func agent(of id: PromptID) async throws -> AgentID {
        guard let prompt = try await store.prompts.load(id)?.prompt else {
            throw PromotionRefusal.missing("prompt \(id)")
        }
        return prompt.agentID
    }

    /// Runs `body` while nobody else moves this agent's prompts.
    func moving<Value: Sendable>(
        _ agent: AgentID, _ body: @Sendable (PromotionDesk) async throws -> Value
    ) async throws -> Value {
        try await store.transaction { store in
            guard let agent = try await store.agents.load(agent) else {
                throw PromotionRefusal.missing("agent \(agent)")
            }
            try await store.prompts.hold(agent.id)
            return try await body(PromotionDesk(agent.agent, in: store))
        }
    }
}

// MARK: by itself

extension Promotion {
    /// Who does what nobody asked for.
    public static let automaton = "canary"

    /// A canary without harm gets all tasks. Nil when it is none any more.
    public func conclude(_ id: DeploymentID, because reason: String) async throws -> PromptMove? {
        try await deciding(id) { desk, canary in
            try await desk.reshare(canary, 1, by: Self.automaton, because: reason, as: "prompt.deploy")
        }
    }

    /// A harmful canary is taken back. Nil when it is none any more.
    public func takeBack(_ id: DeploymentID, because reason: String) async throws -> PromptMove? {
        try await deciding(id) { desk, canary in
            guard let production = desk.production else { return nil }
            return try await desk.takeBack(
                canary, by: Self.automaton, because: reason, as: "prompt.rollback", giving: production)
        }
    }

    private func deciding(
        _ id: DeploymentID, _ body: @Sendable (PromotionDesk, DeploymentRecord) async throws -> PromptMove?
    ) async throws -> PromptMove? {
        guard let known = try await store.deployments.load(id), known.status == .canary else { return nil }
        return try await moving(known.agentID) { desk in
            guard let canary = desk.canary, canary.id == id else { return nil }
            return try await body(desk, canary)
        }
    }
}

extension PromotionRefusal {
    fileprivate static func isCanary(_ canary: DeploymentRecord) -> PromotionRefusal {
        .conflict(
            "The prompt has a share of \(canary.share) of the tasks already: name another `share`, or 1 for all of them."
        )
    }
}
