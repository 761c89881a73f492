import HoneCore
import HoneStore

extension Query {
    func taskFilter() throws(InvalidValue) -> TaskFilter {
        TaskFilter(
            status: try word("status", TaskStatus.self), category: try name("category", of: HoneCore.Category.self),
            agentID: try name("agent_id", of: AgentID.self), userID: text("user_id"), sessionID: text("session_id"),
            since: try moment("since"), until: try moment("until"))
    }
}
