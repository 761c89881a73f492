public import Foundation
public import HoneCore
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

/// Something a person should look at.
public struct AlertBody: Codable, Sendable {
    public var id: String
    public var kind: String
    public var subject: String
    public var severity: String
    public var message: String
    public var details: JSONValue
    public var raisedAt: Date
    @OrNull public var clearedAt: Date?

    enum CodingKeys: String, CodingKey {
        case id, kind, subject, severity, message, details
        case raisedAt = "raised_at"
        case clearedAt = "cleared_at"
    }

    public init(_ alert: AlertRecord) {
        id = alert.id.text
        kind = alert.kind
        subject = alert.subject
        severity = alert.severity
        message = alert.message
        details = alert.details
        raisedAt = alert.raisedAt
        clearedAt = alert.clearedAt
    }
}
