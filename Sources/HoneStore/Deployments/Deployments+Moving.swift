public import HoneCore
import Postgres

/// Each of these is a part of a move: run it in the transaction that moves the prompt.
extension Deployments {
    /// Puts a deployment on record: a canary with a share, or, with a share of 1, a prompt in production. Refused with
    /// ``DatabaseError/violates(constraint:sqlState:)`` where the agent has a canary, or a watched prompt, already.
    public func start(_ new: NewDeployment) async throws {
        let isCanary = new.share < 1
        try await executor.run(
            """
            insert into deployments (
                id, agent_id, prompt_id, baseline_prompt_id, optimization_id, gate_experiment_id, proof, status, share,
                actor, reason, promoted_at)
            values (
                \(new.id)::uuid, \(new.agentID)::text, \(new.promptID)::uuid, \(new.baselinePromptID)::uuid,
                \(new.optimizationID)::uuid, \(new.gate)::uuid, \(new.proof)::text,
                \(isCanary ? DeploymentStatus.canary : .watching)::text, \(new.share)::double precision,
                \(new.actor.storable)::text, \(new.reason.storable)::text,
                case when \(isCanary)::boolean then null else now() end)
            """)
        guard isCanary else { return }
        try await executor.run(
            """
            insert into experiments (id, optimization_id, prompt_id, baseline_prompt_id, kind, status)
            values (
                \(DeploymentRecord.experiment(of: new.id))::uuid, \(new.optimizationID)::uuid, \(new.promptID)::uuid,
                \(new.baselinePromptID)::uuid, 'canary', 'running')
            """)
    }

    /// Gives a canary another share.
    public func share(_ id: DeploymentID, _ share: Double) async throws {
        try await executor.run(
            """
            update deployments set share = \(share)::double precision where id = \(id)::uuid and status = 'canary'
            """)
    }

    /// A canary gets all tasks.
    public func promote(_ id: DeploymentID) async throws {
        try await executor.run(
            """
            update deployments set status = 'watching', share = 1, promoted_at = now()
            where id = \(id)::uuid and status = 'canary'
            """)
        try await close(id, as: "completed")
    }

    /// Ends one that is open. A canary's experiment is completed when it was taken back: it has shown something.
    public func end(_ id: DeploymentID, as status: DeploymentStatus, because reason: String) async throws {
        try await executor.run(
            """
            update deployments set status = \(status)::text, ended_at = now(), end_reason = \(reason.storable)::text
            where id = \(id)::uuid and status in ('canary', 'watching')
            """)
        try await close(id, as: status == .superseded ? "cancelled" : "completed")
    }

    /// Another prompt comes into production: what is open of the agent's is over.
    public func supersede(of agent: AgentID, except id: DeploymentID? = nil, because reason: String) async throws {
        let others = try await executor.query(
            """
            select id from deployments
            where agent_id = \(agent)::text and status in ('canary', 'watching')
                and id is distinct from \(id)::uuid
            """, as: DeploymentID.self)
        for other in others { try await end(other, as: .superseded, because: reason) }
    }

    /// Puts on record that the prompt in production was taken back. One that came there otherwise than by a deployment
    /// gets its row now, so that it is never rolled back *to*.
    public func rolledBack(
        _ prompt: PromptID, of agent: AgentID, to before: PromptID, by actor: String, because reason: String
    ) async throws {
        let ended = try await executor.run(
            """
            update deployments
            set status = 'rolled_back', ended_at = coalesce(ended_at, now()), end_reason = \(reason.storable)::text
            where id = (
                select id from deployments where prompt_id = \(prompt)::uuid and promoted_at is not null
                order by created_at desc, id desc limit 1)
            """)
        guard ended == 0 else { return }
        try await executor.run(
            """
            insert into deployments (
                id, agent_id, prompt_id, baseline_prompt_id, proof, status, share, actor, promoted_at, ended_at,
                end_reason, evaluation_note)
            values (
                \(TaskID.new().uuid)::uuid, \(agent)::text, \(prompt)::uuid, \(before)::uuid, 'unproved', 'rolled_back', 1,
                \(actor.storable)::text, now(), now(), \(reason.storable)::text, 'it was rolled back')
            """)
    }

    private func close(_ id: DeploymentID, as status: String) async throws {
        try await executor.run(
            """
            update experiments as experiment
            set status = \(status)::text, completed_at = now(), results = deployment.figures
            from deployments as deployment
            where experiment.id = \(DeploymentRecord.experiment(of: id))::uuid and experiment.status = 'running'
                and deployment.id = \(id)::uuid
            """)
    }
}

extension Deployments {
    /// Keeps the last comparison.
    public func note(_ figures: some Encodable & Sendable, of id: DeploymentID) async throws {
        try await executor.run(
            """
            update deployments set figures = \(JSONText(figures))::jsonb
            where id = \(id)::uuid and figures is distinct from \(JSONText(figures))::jsonb
            """)
    }

    /// Names the evaluations that tell what a deployment was worth; without a baseline only its own.
    public func evaluated(_ id: DeploymentID, by own: EvaluationID, against baseline: EvaluationID?) async throws {
        try await executor.run(
            """
            update deployments set evaluation_id = \(own)::uuid, baseline_evaluation_id = \(baseline)::uuid
            where id = \(id)::uuid
            """)
    }

    /// Says why there are none.
    public func unevaluated(_ id: DeploymentID, because reason: String) async throws {
        try await executor.run(
            """
            update deployments set evaluation_note = \(reason.storable)::text where id = \(id)::uuid
            """)
    }
}
