import Foundation
public import HoneBus
public import HoneCore
public import HoneMessages
public import HoneStore

/// What a move of an agent's prompts came to, with what everybody is to be told of it.
public struct PromptMove: Sendable {
    /// The prompt that was moved or, after a rollback, the one that does the work now.
    public var promptID: PromptID
    /// The deployment that it began, changed or ended.
    public var deployment: DeploymentRecord?
    /// What spoke for it; nil where nothing needs to.
    public var proof: PromptProof?
    /// For routers and executors.
    public var changes: [PromptChanged]
    /// For people who watch.
    public var progress: ProgressMade?

    /// The record says all this by now: who is not told finds out by looking, within two seconds.
    public func announce(through publisher: any Publisher) async throws {
        let news = try changes.map { try Publication($0, id: TaskID.new().uuid) }
        let told = try progress.map { try Publication($0, id: TaskID.new().uuid) }
        try await publisher.publish(news + [told].compactMap(\.self))
    }
}

extension ProgressMade {
    /// A deployment's step, for `/ws/optimize/{agent_id}`.
    init(_ deployment: DeploymentRecord, _ message: String, by actor: String) {
        self.init(
            subject: .optimization, subjectID: deployment.id.description, agentID: deployment.agentID,
            kind: deployment.isOpen ? .state : .done, message: message, fraction: deployment.share,
            data: [
                "deployment_id": .string(deployment.id.description),
                "prompt_id": .string(deployment.promptID.description),
                "status": .string(deployment.status.rawValue), "share": .number(deployment.share),
                "actor": .string(actor),
            ])
    }
}
