public import Foundation
import Postgres

/// Which lines to list. Nil lets everything through.
public struct LogFilter: Sendable {
    public var levels: [String]?
    public var source: String?
    public var task: String?
    public var since: Date?
    /// A text that the message contains, in whatever case.
    public var text: String?

    public init(
        levels: [String]? = nil, source: String? = nil, task: String? = nil, since: Date? = nil, text: String? = nil
    ) {
        self.levels = levels
        self.source = source
        self.task = task
        self.since = since
        self.text = text
    }
}

/// A kept line with its place in the log.
public struct KeptLine: Sendable, Decodable {
    public var id: Int64
    public var line: LogLine

    private enum CodingKeys: String, CodingKey { case id }

    public init(from decoder: any Decoder) throws {
        id = try decoder.container(keyedBy: CodingKeys.self).decode(Int64.self, forKey: .id)
        line = try LogLine(from: decoder)
    }
}

extension Logs {
    /// Lines, newest first; `last` is the time and id of the last one of the page before.
    public func page(
        _ filter: LogFilter, after last: (time: Date, id: Int64)?, limit: Int
    ) async throws -> [KeptLine] {
        try await executor.query(
            """
            select id, record_id as "recordID", "timestamp" as time, level, source, message, trace_id as "traceID",
                message_id as "messageID", task_id as "taskID", details
            from system_logs
            where (\(filter.levels)::text[] is null or level = any(\(filter.levels)::text[]))
                and (\(filter.source)::text is null or source = \(filter.source)::text)
                and (\(filter.task)::text is null or task_id = \(filter.task)::text)
                and (\(filter.since)::timestamptz is null or "timestamp" >= \(filter.since)::timestamptz)
                and (\(filter.text)::text is null or position(lower(\(filter.text)::text) in lower(message)) > 0)
                and (\(last?.time)::timestamptz is null
                    or ("timestamp", id) < (\(last?.time)::timestamptz, \(last?.id)::bigint))
            order by "timestamp" desc, id desc limit \(limit)::bigint
            """, as: KeptLine.self)
    }
}
