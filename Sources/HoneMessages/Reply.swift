public import Foundation
public import HoneBus
public import HoneCore

/// What the publisher of a task gets on the stream it named in `reply_to`.
public struct Reply: Codable, Sendable, Hashable {
    public static let type = "hone.task.reply.v1"

    public var taskID: TaskID?
    public var status: TaskStatus
    public var output: JSONValue?
    public var scores: Scores?
    public var error: TaskFault?
    public var agentID: AgentID?
    public var costUSD: Double?
    public var durationSeconds: Double?
    public var metadata: JSONValue?

    public init(
        taskID: TaskID?, status: TaskStatus, output: JSONValue? = nil, scores: Scores? = nil,
        error: TaskFault? = nil, agentID: AgentID? = nil, costUSD: Double? = nil, durationSeconds: Double? = nil,
        metadata: JSONValue? = nil
    ) {
        self.taskID = taskID
        self.status = status
        self.output = output
        self.scores = scores
        self.error = error
        self.agentID = agentID
        self.costUSD = costUSD
        self.durationSeconds = durationSeconds
        self.metadata = metadata
    }

    enum CodingKeys: String, CodingKey {
        case status, output, scores, error, metadata
        case taskID = "task_id"
        case agentID = "agent_id"
        case costUSD = "cost_usd"
        case durationSeconds = "duration_seconds"
    }

    /// This reply on its way to `key`; `id` is derived from what causes it.
    public func publication(to key: String, id: UUID, traceparent: String? = nil) throws -> Publication {
        try Publication(self, type: Self.type, to: key, id: id, traceparent: traceparent)
    }
}
