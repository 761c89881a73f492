public import Foundation
public import HoneCore
public import HoneStore

/// A prompt that waits for a person's word, and what speaks for it and against it.
public struct CandidateBody: Codable, Sendable {
    public var prompt: PromptBody
    /// What it would take the place of.
    @OrNull public var production: PromptID?
    /// What it changes of that.
    @OrNull public var diff: PromptDiffBody?
    /// The newest gate against that, else the one that let it through at the time.
    @OrNull public var gate: ExperimentBody?
    /// What that gate says; null without one.
    @OrNull public var verdict: GateFigures?
    /// What an approval would rest on.
    public var proof: PromptProof
    /// Whether it was proved better than a prompt which is not in production any more: it takes force to approve it.
    public var stale: Bool
    /// Since it is a candidate.
    @OrNull public var ageSeconds: Double?
    /// While it has a share of the agent's tasks.
    @OrNull public var canary: DeploymentBody?

    enum CodingKeys: String, CodingKey {
        case prompt, production, diff, gate, verdict, proof, stale, canary
        case ageSeconds = "age_seconds"
    }

    /// Candidates, newest first; the page of `GET /api/candidates`.
    public static func page(
        of agent: AgentID?, after last: (time: Date, id: PromptID)?, limit: Int, from store: Store, at now: Date
    ) async throws -> Page<CandidateBody> {
        var rows: [(history: PromptHistory, body: CandidateBody)] = []
        let filter = PromptFilter(agentID: agent, state: .candidate)
        for history in try await store.prompts.list(filter, after: last, limit: limit + 1) {
            rows.append((history, try await load(history, from: store, at: now)))
        }
        let place = { (row: (history: PromptHistory, body: CandidateBody)) in
            TimePlace(row.history.stored.createdAt, id: row.history.id.description)
        }
        return try Page(rows, limit: limit, place: place, item: \.body)
    }

    private static func load(
        _ history: PromptHistory, from store: Store, at now: Date
    ) async throws -> CandidateBody {
        let prompt = history.stored.prompt
        let production = try await store.prompts.production(of: prompt.agentID)?.prompt
        let evidence = try await store.experiments.evidence(for: history.id, against: production?.id)
        let canary = try await store.deployments.canary(of: prompt.agentID)
        return CandidateBody(
            prompt: PromptBody(history), production: production?.id,
            diff: production.map { PromptDiffBody(prompt, against: $0) }, gate: evidence.gate.map(ExperimentBody.init),
            verdict: evidence.gate?.results.flatMap(GateFigures.init), proof: evidence.proof,
            stale: evidence.proof == .stale,
            ageSeconds: history.stored.since.map { max(0, now.timeIntervalSince($0)) },
            canary: canary?.promptID == history.id ? canary.map { DeploymentBody($0) } : nil)
    }
}
