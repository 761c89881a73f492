import Foundation
import HoneCore
import HoneMessages
import Logging

/// One line on its way to a log, in the two forms that people and machines read.
struct LogText {
    let record: LogRecord

    func json() -> String {
        let data = try? WireFormat.encode(record)
        return data.map { String(decoding: $0, as: UTF8.self) } ?? record.message
    }

    func text() -> String {
        let clock = WireFormat.text(of: record.time).dropFirst(11).dropLast()
        let extras = ids + record.metadata.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let level = record.level.uppercased().padding(toLength: 8, withPad: " ", startingAt: 0)
        return (["\(clock)", level, record.service + ":", record.message] + extras).joined(separator: " ")
    }

    private var ids: [String] {
        [("task", record.taskID), ("message", record.messageID), ("trace", record.traceID)]
            .compactMap { name, id in id.map { "\(name)=\($0)" } }
    }
}

/// The metadata keys that have a place of their own in a log line.
public enum LogKey {
    public static let taskID = "task_id"
    public static let messageID = "message_id"
    public static let traceID = "trace_id"
    public static let agentID = "agent_id"
    public static let error = "error"
}
