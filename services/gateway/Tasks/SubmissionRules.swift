import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneService
import HoneStore

/// What a task must be to be taken in. What the router would refuse is refused here, at once.
struct SubmissionRules {
    let replies: ReplyKeys
    let directory: Directory
    let store: Store
    let maxMessageBytes: Int

    /// Throws `InvalidValue`, or 403 for what is not the caller's to say.
    func check(_ task: TaskSubmitted, by caller: Caller) async throws {
        try task.validate()
        try task.check(replies: replies)
        if task.experimentID != nil || task.parentTaskID != nil, caller.role < .operator {
            throw Problem.forbidden(needed: .operator)
        }
        if let deadline = task.deadline, deadline <= Date() {
            throw InvalidValue(path: "deadline", found: WireFormat.text(of: deadline), expected: "a time to come")
        }
        if let agent = task.pin?.agentID, try await !knows(agent) {
            throw InvalidValue(path: "pin.agent_id", found: "\"\(agent)\"", expected: "an agent that is on record")
        }
        if let model = task.pin?.model, try await !knows(model) {
            throw InvalidValue(path: "pin.model", found: "\"\(model)\"", expected: "an approved model")
        }
    }

    /// What was added a moment ago is not in memory yet.
    func knows(_ agent: AgentID) async throws -> Bool {
        if directory.snapshot.agents[agent] != nil { return true }
        return try await store.agents.load(agent) != nil
    }

    private func knows(_ model: ModelID) async throws -> Bool {
        if directory.snapshot.models[model] != nil { return true }
        return try await store.models.all().contains { $0.id == model }
    }

    /// The message that brings the task to the router. Throws 413 when no service would take it.
    func message(_ task: TaskSubmitted, traceparent: String?) throws -> Publication {
        let message = try Publication(task, id: TaskID.new().uuid, traceparent: traceparent)
        guard message.data.count <= maxMessageBytes else { throw Problem.tooLarge(limit: maxMessageBytes) }
        return message
    }
}
