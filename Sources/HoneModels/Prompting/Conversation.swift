import HoneCore

/// A task's input that is a conversation: `{"messages": [{"role": …, "content": …}, …]}`, the last turn a user's.
///
/// A model gets it as turns. What the caller calls a system message is data: it opens the first user's turn, and the
/// agent's own system text stays alone above it.
struct Conversation {
    let earlier: [ChatMessage]
    /// The last turn, which takes the input's place in the template.
    let question: String

    /// Nil when the input is anything else.
    init?(_ input: JSONValue) {
        guard let members = input.object, members.count == 1, let list = members["messages"]?.array else { return nil }
        let turns = list.compactMap(ChatMessage.init)
        guard turns.count == list.count, turns.last?.role == .user else { return nil }
        let preface = turns.filter { $0.role == .system }.map(\.text)
        var spoken = turns.filter { $0.role != .system }
        if let first = spoken.firstIndex(where: { $0.role == .user }), !preface.isEmpty {
            spoken[first].text = (preface + [spoken[first].text]).joined(separator: "\n\n")
        }
        question = spoken.removeLast().text
        earlier = spoken
    }
}

extension ChatMessage {
    fileprivate init?(_ value: JSONValue) {
        guard let role = value["role"]?.string.flatMap(Role.init), let text = value["content"]?.string else {
            return nil
        }
        self.init(role, text)
    }
}
