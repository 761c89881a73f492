public import Foundation
public import HoneStore

/// A line of the log that tells of an agent.
public struct AgentLogBody: Codable, Sendable {
    public var time: Date
    public var level: String
    public var service: String
    public var message: String
    @OrNull public var traceID: String?
    @OrNull public var messageID: String?
    @OrNull public var taskID: String?
    /// nil for those who may not see the contents of the task.
    @OrNull public var metadata: [String: String]?

    enum CodingKeys: String, CodingKey {
        case time, level, service, message, metadata
        case traceID = "trace_id"
        case messageID = "message_id"
        case taskID = "task_id"
    }

    public init(_ line: AgentLogLine, withDetails: Bool) {
        time = line.time
        level = line.level
        service = line.source
        message = line.message
        traceID = line.traceID
        messageID = line.messageID
        taskID = line.taskID
        metadata = withDetails ? line.details : nil
    }
}
