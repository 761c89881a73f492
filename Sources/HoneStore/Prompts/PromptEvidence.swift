public import HoneCore

/// Where a prompt stands, without its words.
public struct PromptStanding: Sendable, Decodable, Hashable {
    public var id: PromptID
    public var version: String
    public var state: PromptLifecycle
}

/// What speaks for a prompt that is to take the place of its agent's production prompt.
public struct PromptEvidence: Sendable {
    public var proof: PromptProof
    /// The gate behind that; of one that proved nothing, too.
    public var gate: ExperimentRecord?

    public init(proof: PromptProof, gate: ExperimentRecord?) {
        self.proof = proof
        self.gate = gate
    }
}

extension ExperimentRecord {
    /// Whether this is a gate that was passed.
    public var isPassedGate: Bool {
        kind == "gate" && status == "completed" && results?["verdict"] == "promote"
    }
}

extension Experiments {
    /// What a prompt's gates say of it, against the prompt that is in production now. Of several against the same one the
    /// newest counts.
    public func evidence(for prompt: PromptID, against production: PromptID?) async throws -> PromptEvidence {
        let gates = try await list(ExperimentFilter(promptID: prompt, kind: "gate"), after: nil, limit: 50)
            .filter { $0.completedAt != nil }
        if let gate = gates.first(where: { $0.baselinePromptID == production && production != nil }) {
            return PromptEvidence(proof: gate.isPassedGate ? .proved : .unproved, gate: gate)
        }
        if let old = gates.first(where: { $0.isPassedGate && $0.baselinePromptID != nil }) {
            return PromptEvidence(proof: .stale, gate: old)
        }
        return PromptEvidence(proof: .unproved, gate: gates.first)
    }
}
