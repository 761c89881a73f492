import HoneCore

/// What a published task is made to meet.
public enum TaskKind: String, Sendable, CaseIterable, Codable {
    /// Done by the echo model and scored by a check.
    case echo
    /// Scored by the judge, who fails once: its message waits in the delayed set.
    case judged
    /// Its first agent fails, the second does it.
    case failsOver
    /// The model declines: the task fails with an agent to blame.
    case refused
    /// Nobody may take it: the task fails without an agent.
    case unroutable
    /// No JSON: a dead letter, and no task.
    case unreadable

    /// The payload of task number `number`, with no single quote in it.
    func payload(id: String, number: Int, replyTo: String?) -> String {
        if self == .unreadable { return #"{"task_id": "\#(id)", "input": "never closed"# }
        let reply = replyTo.map { #", "reply_to": "\#($0)""# } ?? ""
        return #"{"task_id": "\#(id)", "priority": \#(number % 10), \#(body(number))\#(reply)}"#
    }

    private func body(_ number: Int) -> String {
        let check = #""expected": {"contains": ["fine"]}"#
        return switch self {
        case .echo: #""input": "number \#(number) is fine", "category": "echo", \#(check)"#
        case .judged: #""input": "judge-fails-once-\#(number) is fine", "category": "echo""#
        case .failsOver: #""input": "work-fails-once-\#(number) is fine", "category": "scripted", \#(check)"#
        case .refused: #""input": "number \#(number) is-refused", "category": "scripted", \#(check)"#
        case .unroutable, .unreadable:
            #""input": "number \#(number)", "category": "echo", "constraints": {"agents": ["nobody"]}"#
        }
    }
}

/// How many of each kind in a thousand; the rest are echo tasks.
public struct TaskMix: Sendable {
    public var perMille: [(kind: TaskKind, share: Int)]

    public init(perMille: [(kind: TaskKind, share: Int)]) {
        self.perMille = perMille
    }

    /// All kinds, so that a few hundred tasks meet everything.
    public static let varied = TaskMix(perMille: [
        (.judged, 150), (.failsOver, 120), (.refused, 50), (.unroutable, 50), (.unreadable, 30),
    ])
    /// Echo tasks, and just enough of the others to keep every path open.
    public static let mostlyEcho = TaskMix(perMille: [
        (.judged, 5), (.failsOver, 5), (.refused, 2), (.unroutable, 2), (.unreadable, 1),
    ])

    func kind(using random: inout SplitMix64) -> TaskKind {
        var draw = Int.random(in: 0..<1_000, using: &random)
        for (kind, share) in perMille {
            if draw < share { return kind }
            draw -= share
        }
        return .echo
    }
}
