public import HoneCore
public import HoneMessages
public import HoneStore

extension OptimizationIntake {
    /// Ends an agent's search by a person's word: the one named, else the one whose turn it is. Trials under way are
    /// stopped, whether an optimizer is there or not. Nil where there is none that is not over.
    public func cancel(
        _ id: OptimizationID?, of agent: AgentID, by actor: String, because reason: String?
    ) async throws -> OptimizationRecord? {
        try await store.transaction { store in
            let turn = try await store.optimizations.turns().first { $0.agentID == agent }?.id
            guard let id = id ?? turn, try await store.optimizations.load(id)?.agentID == agent else { return nil }
            let words = "cancelled by \(actor)" + (reason.map { ": \($0)" } ?? "")
            let ending = OptimizationEnding(status: "cancelled", reason: words, code: .cancelled)
            guard try await store.optimizations.finish(id, ending) else { return nil }
            try await store.audit.record(
                actor: actor, action: "optimization.cancel", subjectKind: "agent", subjectID: agent.rawValue,
                details: ["optimization_id": .string(id.description)])
            return try await store.optimizations.load(id)
        }
    }
}

extension ProgressMade {
    /// What watchers are told when a search is over.
    public init(endOf record: OptimizationRecord) {
        let hasFailed = record.status == "failed"
        self.init(
            subject: .optimization, subjectID: record.id.description, agentID: record.agentID,
            kind: hasFailed ? .error : .done, message: record.endReason, fraction: hasFailed ? nil : 1,
            data: [
                "status": .string(record.status), "end_reason": record.endReason.map(JSONValue.string) ?? .null,
                "best_prompt_id": record.bestPromptID.map { .string($0.description) } ?? .null,
                "improvement": record.improvement ?? .null, "spent_usd": .number(record.spent.dollars),
                "error_code": record.errorCode.map(JSONValue.string) ?? .null,
            ])
    }
}
