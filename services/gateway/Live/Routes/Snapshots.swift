import Foundation
import HoneAPI
import HoneCore
import HoneMessages
import HoneStore

/// How things stand when a socket opens, by its route. What events tell afterwards starts from here.
struct Snapshots {
    let backend: Backend

    func task(_ record: TaskRecord, outline: Bool) -> some Encodable { TaskSnapshot(record, outline: outline) }

    /// The tasks that came last.
    func tasks(of owner: String?) async throws -> some Encodable {
        let tasks = try await backend.store.tasks.list(TaskFilter(owner: owner), limit: 50)
        return ["tasks": tasks.map { TaskSnapshot($0) }]
    }

    func agent(_ id: AgentID) async throws -> some Encodable {
        guard let stored = try await backend.store.agents.load(id) else { throw Problem.notFound("agent \(id)") }
        return AgentSnapshot(agentID: id.rawValue, lifecycle: stored.agent.lifecycle.rawValue)
    }

    /// An agent with its newest search and its newest deployment, such as a running canary; each null where there is none.
    func optimization(of id: AgentID) async throws -> some Encodable {
        guard let stored = try await backend.store.agents.load(id) else { throw Problem.notFound("agent \(id)") }
        let latest = try await backend.store.optimizations.list(of: id, limit: 1).first
        return OptimizationSnapshot(
            agentID: id.rawValue, lifecycle: stored.agent.lifecycle.rawValue,
            optimization: latest.map { OptimizationBody($0) },
            deployment: try await DeploymentBody.latest(of: id, from: backend.store))
    }

    /// In the form of the events that follow.
    func leaderboard() async throws -> some Encodable {
        let standings = try await backend.store.statistics.standings()
        return StatsUpdated(agents: standings.map(StatsUpdated.Standing.init), asOf: Date())
    }

    /// The lines that came last, in the form of the events that follow.
    func logs() async throws -> some Encodable {
        ["lines": try await backend.store.logs.tail(limit: 100).map(LogRecord.init)]
    }

    func system() async throws -> some Encodable {
        try await SystemState(store: backend.store, transport: backend.transport)
    }
}

/// A task as far as watching needs it.
struct TaskSnapshot: Encodable {
    let taskID: String
    let status: TaskStatus
    let category: String?
    let agentID: String?
    let attempt: Int
    /// Null until there is one, and in outlines.
    var output: JSONValue?
    let errorCode: ErrorCode?
    var error: String?
    let createdAt: Date
    let finishedAt: Date?

    init(_ record: TaskRecord, outline: Bool) {
        taskID = record.id.description
        status = record.status
        category = record.category?.rawValue
        agentID = record.agentID?.rawValue
        attempt = record.attempt
        output = outline ? nil : record.output
        errorCode = record.errorCode
        error = outline ? nil : record.errorMessage
        createdAt = record.createdAt
        finishedAt = record.finishedAt
    }

    init(_ summary: TaskSummary) {
        taskID = summary.id.description
        status = summary.status
        category = summary.category?.rawValue
        agentID = summary.agentID?.rawValue
        attempt = summary.attempt
        errorCode = summary.errorCode
        createdAt = summary.createdAt
        finishedAt = summary.finishedAt
    }

    enum CodingKeys: String, CodingKey {
        case status, category, attempt, output, error
        case taskID = "task_id"
        case agentID = "agent_id"
        case errorCode = "error_code"
        case createdAt = "created_at"
        case finishedAt = "finished_at"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(taskID, forKey: .taskID)
        try container.encode(status, forKey: .status)
        try container.encode(category, forKey: .category)
        try container.encode(agentID, forKey: .agentID)
        try container.encode(attempt, forKey: .attempt)
        try container.encode(output, forKey: .output)
        try container.encode(errorCode, forKey: .errorCode)
        try container.encode(error, forKey: .error)
        try container.encode(createdAt, forKey: .createdAt)
        try container.encode(finishedAt, forKey: .finishedAt)
    }
}

struct AgentSnapshot: Encodable {
    let agentID: String
    let lifecycle: String

    enum CodingKeys: String, CodingKey {
        case lifecycle
        case agentID = "agent_id"
    }
}

struct OptimizationSnapshot: Encodable {
    let agentID: String
    let lifecycle: String
    @OrNull var optimization: OptimizationBody?
    @OrNull var deployment: DeploymentBody?

    enum CodingKeys: String, CodingKey {
        case lifecycle, optimization, deployment
        case agentID = "agent_id"
    }
}

extension StatsUpdated.Standing {
    fileprivate init(_ standing: Standing) {
        self.init(
            agentID: standing.agentID, overallRank: standing.overallRank, avgOverallScore: standing.avgOverallScore,
            points: Int(standing.points), totalTasks: Int(standing.totalTasks))
    }
}

extension LogRecord {
    fileprivate init(_ line: LogLine) {
        self.init(
            time: line.time, level: line.level, service: line.source, message: line.message, traceID: line.traceID,
            messageID: line.messageID, taskID: line.taskID, metadata: line.details)
    }
}
