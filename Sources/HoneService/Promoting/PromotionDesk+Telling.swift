import Foundation
import HoneCore
import HoneIntelligence
import HoneMessages
import HoneStore

// What is left of a move when the prompts are where they belong.

extension PromotionDesk {
    func audit(
        _ action: String, _ id: PromptID, by actor: String, because reason: String, _ more: [String: JSONValue] = [:]
    ) async throws {
        let details: [String: JSONValue] = ["agent_id": .string(agent.id.rawValue), "reason": .string(reason)]
        try await store.audit.record(
            actor: actor, action: action, subjectKind: "prompt", subjectID: id.description,
            details: .object(details.merging(more) { $1 }))
    }

    /// What has moved since this desk was opened. A prompt whose share of the tasks alone has changed is told of too: then
    /// it is where it was.
    func move(
        _ id: PromptID, _ deployment: DeploymentID?, _ told: String?, by actor: String = "", proof: PromptProof? = nil
    ) async throws -> PromptMove {
        var record: DeploymentRecord?
        if let deployment { record = try await store.deployments.load(deployment) }
        let before = Dictionary(standings.map { ($0.id, $0.state) }) { first, _ in first }
        let after = try await store.prompts.standings(of: agent.id)
        var changes = after.filter { before[$0.id] != $0.state }.map { change($0, from: before[$0.id]) }
        if changes.isEmpty, let shared = after.first(where: { $0.id == record?.promptID }) {
            changes = [change(shared, from: shared.state)]
        }
        return PromptMove(
            promptID: id, deployment: record, proof: proof, changes: changes,
            progress: told.flatMap { told in record.map { ProgressMade($0, told, by: actor) } })
    }

    private func change(_ standing: PromptStanding, from state: PromptLifecycle?) -> PromptChanged {
        PromptChanged(
            promptID: standing.id, agentType: agent.type, agentID: agent.id, version: standing.version, from: state,
            to: standing.state)
    }

    /// What was said against the prompt that goes is over with it.
    func clearAlert() async throws {
        try await store.alerts.clear([AlertKey(.promptRegression, agent.id.rawValue)], at: .now)
    }

    static func percent(_ share: Double) -> String { "\((share * 1_000).rounded() / 10) %" }
}
