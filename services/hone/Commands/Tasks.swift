import ArgumentParser
import HoneAPI
import HoneCore
import HoneStore

struct Tasks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List tasks, or show one.",
        discussion: "Newest first. With an id: its attempts, nodes, scores, reviews and routing.")

    @Argument(help: "A task's id.")
    var id: TaskID?

    @Option(help: "submitted, routed, running, completed, failed, cancelled or expired.") var status: TaskStatus?
    @Option(help: "Only this category.") var category: Category?
    @Option(help: "Only this agent's.") var agent: AgentID?
    @Option(help: "Only this user's.") var user: String?
    @Option(help: "Only this session's.") var session: String?
    @Option(help: "At most this many.") var limit = 50

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...10_000).contains(limit) else { throw ValidationError("--limit takes 1 to 10000") }
    }

    func run() async throws {
        let connections = try await Connections.standard()
        if let id {
            guard let detail = try await connections.withStore({ try await $0.detail(of: id) }) else {
                throw CommandFault("no task \(id)")
            }
            return try output.show(JSONValue(encoding: TaskBody(detail)), or: detail.text)
        }
        let filter = TaskFilter(status: status, category: category, agentID: agent, userID: user, sessionID: session)
        let tasks = try await connections.withStore { try await $0.tasks.list(filter, limit: limit + 1) }
        try output.show(JSONValue(encoding: Page.tasks(tasks, limit: limit)), or: Array(tasks.prefix(limit)).text)
    }
}

extension [TaskSummary] {
    fileprivate var text: String {
        let rows = map { task in
            [
                "\(task.id)", task.status.rawValue, Format.text(task.category), Format.text(task.agentID),
                "\(task.attempt)", Format.score(task.overall), Format.yesNo(task.passed), Format.text(task.cost),
                Format.decimals(task.durationSeconds, 2), task.errorCode?.rawValue ?? "", Format.time(task.createdAt),
            ]
        }
        return Table(
            .text("task"), .text("status"), .text("category"), .text("agent"), .number("attempt"), .number("score"),
            .text("passed"), .number("cost"), .number("seconds"), .text("error"), .text("created"), rows: rows
        ).text(orNothing: "no tasks")
    }
}
