public import Foundation
public import HoneStore

/// A kept line of a service's log.
public struct LogLineBody: Codable, Sendable {
    public var id: Int64
    public var time: Date
    public var level: String
    public var source: String
    public var message: String
    @OrNull public var traceID: String?
    @OrNull public var messageID: String?
    @OrNull public var taskID: String?
    public var details: [String: String]

    enum CodingKeys: String, CodingKey {
        case id, time, level, source, message, details
        case traceID = "trace_id"
        case messageID = "message_id"
        case taskID = "task_id"
    }

    public init(_ kept: KeptLine) {
        id = kept.id
        time = kept.line.time
        level = kept.line.level
        source = kept.line.source
        message = kept.line.message
        traceID = kept.line.traceID
        messageID = kept.line.messageID
        taskID = kept.line.taskID
        details = kept.line.details
    }
}
