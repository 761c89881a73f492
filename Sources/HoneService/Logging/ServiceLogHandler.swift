import Foundation
import HoneMessages
public import Logging

/// Writes log lines to stderr and offers those worth keeping to the shipper.
public struct ServiceLogHandler: LogHandler {
    public var metadata: Logger.Metadata = [:]
    public var logLevel: Logger.Level
    public var metadataProvider: Logger.MetadataProvider?

    private let service: String
    private let format: Settings.LogFormat
    private let outbox: LogOutbox

    init(service: String, level: Logger.Level, format: Settings.LogFormat, outbox: LogOutbox) {
        self.service = service
        logLevel = level
        self.format = format
        self.outbox = outbox
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var all = metadata
        all.merge(metadataProvider?.get() ?? [:]) { _, new in new }
        all.merge(event.metadata ?? [:]) { _, new in new }
        let record = record(event.level, "\(event.message)", all.mapValues { "\($0)" })
        let line = LogText(record: record)
        FileHandle.standardError.write(Data(((format == .json ? line.json() : line.text()) + "\n").utf8))
        outbox.offer(record, level: event.level)
    }

    private func record(_ level: Logger.Level, _ message: String, _ metadata: [String: String]) -> LogRecord {
        var rest = metadata
        return LogRecord(
            time: Date(), level: level == .notice ? "info" : level == .trace ? "debug" : level.rawValue,
            service: service, message: message, traceID: rest.removeValue(forKey: LogKey.traceID),
            messageID: rest.removeValue(forKey: LogKey.messageID), taskID: rest.removeValue(forKey: LogKey.taskID),
            metadata: rest)
    }
}
