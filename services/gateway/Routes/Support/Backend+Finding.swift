import HoneBus
import HoneCore
import HoneMessages
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

    /// Lets everybody know. The change is on record by now: who is not told finds out by looking.
    func announce(_ prompts: [PromptChanged]) async {
        guard !prompts.isEmpty else { return }
        do {
            try await transport.publish(prompts.map { try Publication($0, id: TaskID.new().uuid) })
        } catch {
            logger.warning("a changed prompt was not announced", metadata: ["error": "\(error)"])
        }
    }
}
