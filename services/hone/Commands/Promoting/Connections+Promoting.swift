import HoneAPI
import HoneBus
import HoneCore
import HoneService
import HoneStore

extension Connections {
    private var canaryShare: Double { source.text("HONE_CANARY_SHARE").flatMap { Double($0) } ?? 1 }

    /// Moves a prompt on the record and lets running services know; returns what the matching route answers. The record is
    /// settled by then; who is not told finds out by looking, so that an absent bus is no reason to fail.
    func move(_ body: (Promotion) async throws -> PromptMove) async throws -> PromptMoveBody {
        let (move, answer) = try await withStore { store in
            let move = try await body(Promotion(store: store, usualShare: canaryShare))
            let answer = try await PromptMoveBody.load(
                move.promptID, proof: move.proof, deployment: move.deployment, from: store)
            return (move, answer)
        }
        do {
            try await withTransport { try await move.announce(through: $0) }
        } catch {
            Terminal.complain("hone: running services were not told of the prompt: \(faultLines(of: error)[0])")
        }
        guard let answer else { throw CommandFault("no prompt \(move.promptID)") }
        return answer
    }
}

extension Store {
    /// What `hone deploy` puts into production.
    func deployable(
        of agent: AgentID, _ wanted: OptimizationID?
    ) async throws -> (prompt: PromptID, optimization: OptimizationID) {
        guard try await agents.load(agent) != nil else { throw CommandFault("no agent \(agent)") }
        let known =
            if let wanted {
                try await optimizations.load(wanted)
            } else {
                try await optimizations.list(of: agent, status: "completed", limit: 1).first
            }
        guard let record = known, record.agentID == agent else {
            throw CommandFault(
                wanted.map { "no optimization \($0) of \(agent)" } ?? "no optimization of \(agent) is completed")
        }
        guard record.status == "completed", let best = record.bestPromptID else {
            throw CommandFault("the optimization is \(record.status) and has no prompt to deploy")
        }
        return (best, record.id)
    }
}
