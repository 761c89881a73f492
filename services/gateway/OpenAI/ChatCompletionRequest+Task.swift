import Foundation
import HoneCore
import HoneMessages

extension ChatCompletionRequest {
    /// A person waits for it.
    private static let priority = 7

    /// The work that is asked for. A single turn is a plain text, a conversation an object with its turns.
    func task(for agent: AgentID?, session: String, deadline: Date) -> TaskSubmitted {
        var task = TaskSubmitted(
            input: input, priority: Self.priority, deadline: deadline,
            constraints: limit.map { TaskConstraints(maxTokens: $0) }, pin: pin(agent),
            metadata: metadata == .null ? nil : metadata)
        task.userID = user
        task.sessionID = session
        return task
    }

    private var input: JSONValue {
        if messages.count == 1, let text = messages[0].text { return .string(text) }
        return [
            "messages": .array(
                messages.map { message in
                    [
                        "role": .string(message.role?.rawValue ?? message.roleName),
                        "content": .string(message.text ?? ""),
                    ]
                })
        ]
    }

    private func pin(_ agent: AgentID?) -> TaskPin? {
        let pin = TaskPin(agentID: agent, seed: seed, temperature: temperature, stop: stop?.texts)
        return pin == TaskPin() ? nil : pin
    }

    /// What this conversation's tasks share where the client says nothing: who speaks, and how it began.
    func session(of caller: Caller) -> String {
        let opening =
            messages.prefix { $0.role != .assistant }.filter { $0.role == .system }.prefix(1)
            + messages.filter { $0.role == .user }.prefix(1)
        let parts = [caller.id, user ?? ""] + opening.map { $0.text ?? "" }
        return UUID.hone.derived("session/" + parts.joined(separator: "\u{1F}")).text
    }
}
