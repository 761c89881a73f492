import HoneAPI
import HoneBus
import HoneCore
import HoneMessages
import HoneService
import HoneStore
import Logging

extension Backend {
    /// 404 where there is no such agent.
    func agent(_ id: AgentID) async throws -> StoredAgent {
        guard let agent = try await store.agents.load(id) else { throw Problem.notFound("agent \(id)") }
        return agent
    }

    /// The one that a part of the path names.
    func agent(in context: GatewayContext, as part: String = "id") async throws -> StoredAgent {
        try await agent(context.name(part, of: "such agent"))
    }

    /// Moves prompts as the settings say.
    var promotion: Promotion { Promotion(store: store, usualShare: settings.canary.share) }

    /// Lets everybody know. The change is on record by now: who is not told finds out by looking.
    func announce(_ prompts: [PromptChanged]) async {
        guard !prompts.isEmpty else { return }
        await announcing { try await transport.publish(prompts.map { try Publication($0, id: TaskID.new().uuid) }) }
    }

    /// The same of a move; answers with how the prompt stands now.
    func announce(_ move: PromptMove) async throws -> Answer<PromptMoveBody> {
        await announcing { try await move.announce(through: transport) }
        let body = try await PromptMoveBody.load(
            move.promptID, proof: move.proof, deployment: move.deployment, from: store)
        guard let body else { throw Problem.notFound("prompt \(move.promptID)") }
        return Answer(body)
    }

    private func announcing(_ body: () async throws -> Void) async {
        do {
            try await body()
        } catch {
            logger.warning("a changed prompt was not announced", metadata: ["error": "\(error)"])
        }
    }

    /// Lets watchers know, who may also find out by looking.
    func tell(_ progress: ProgressMade) async {
        do {
            try await transport.publish([try Publication(progress, id: TaskID.new().uuid)])
        } catch {
            logger.debug("progress was lost", metadata: ["error": "\(error)"])
        }
    }
}
