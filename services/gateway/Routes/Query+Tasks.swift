import Foundation
import HoneAPI
import HoneCore
import HoneStore

extension Query {
    static let foreignCursor = InvalidValue(
        path: "cursor", found: "another text", expected: "a next_cursor of this list")

    /// Where the page before ended.
    func place() throws(InvalidValue) -> TimePlace? {
        guard let text = text("cursor") else { return nil }
        return try Cursor.place(TimePlace.self, from: text)
    }

    func taskFilter() throws(InvalidValue) -> TaskFilter {
        let statuses = TaskStatus.allCases.map(\.rawValue).joined(separator: ", ")
        return TaskFilter(
            status: try value("status", expected: "one of \(statuses)", TaskStatus.init),
            category: try value("category", expected: "a category's name") { HoneCore.Category($0) },
            agentID: try value("agent_id", expected: "an agent's id") { AgentID($0) },
            userID: text("user_id"), sessionID: text("session_id"), since: try time("since"), until: try time("until"))
    }

    func time(_ name: String) throws(InvalidValue) -> Date? {
        try value(name, expected: "an RFC 3339 time") { WireFormat.date(from: $0) }
    }
}
