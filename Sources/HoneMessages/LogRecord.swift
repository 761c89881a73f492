public import Foundation
public import HoneBus

/// One line of a service's log, for people who watch; also kept in `system_logs`.
public struct LogRecord: Message {
    public static let type = "hone.log.v1"
    public static let topic = Topic.logs

    public var time: Date
    /// `debug`, `info`, `warning`, `error` or `critical`.
    public var level: String
    public var service: String
    public var message: String
    public var traceID: String?
    public var messageID: String?
    public var taskID: String?
    public var metadata: [String: String]

    public init(
        time: Date, level: String, service: String, message: String, traceID: String? = nil,
        messageID: String? = nil, taskID: String? = nil, metadata: [String: String] = [:]
    ) {
        self.time = time
        self.level = level
        self.service = service
        self.message = message
        self.traceID = traceID
        self.messageID = messageID
        self.taskID = taskID
        self.metadata = metadata
    }

    public var partitionKey: String { service }

    enum CodingKeys: String, CodingKey {
        case time, level, service, message, metadata
        case traceID = "trace_id"
        case messageID = "message_id"
        case taskID = "task_id"
    }
}
