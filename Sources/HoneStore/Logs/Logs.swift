public import Foundation
public import HoneCore
import Postgres

/// One line of a service's log, kept.
public struct LogLine: Sendable, Hashable, Decodable {
    /// The record's message id: a line that arrives twice is kept once.
    public var recordID: UUID
    public var time: Date
    /// `trace` to `critical`, as swift-log names them.
    public var level: String
    public var source: String
    public var message: String
    public var traceID: String?
    public var messageID: String?
    public var taskID: String?
    public var details: [String: String]

    public init(
        recordID: UUID, time: Date, level: String, source: String, message: String, traceID: String? = nil,
        messageID: String? = nil, taskID: String? = nil, details: [String: String] = [:]
    ) {
        self.recordID = recordID
        self.time = time
        self.level = level
        self.source = source
        self.message = message
        self.traceID = traceID
        self.messageID = messageID
        self.taskID = taskID
        self.details = details
    }
}

/// `system_logs`.
public struct Logs: Sendable {
    let executor: any SQLExecutor

    /// Keeps lines; those that are there already are left alone. Returns how many were new.
    @discardableResult
    public func insert(_ lines: [LogLine]) async throws -> Int {
        guard !lines.isEmpty else { return 0 }
        return try await executor.run(
            """
            insert into system_logs (
                record_id, "timestamp", level, source, message, trace_id, message_id, task_id, details)
            select record_id, "time", level, source, message, trace_id, message_id, task_id, details::jsonb
            from unnest(
                \(lines.map(\.recordID))::uuid[], \(lines.map(\.time))::timestamptz[], \(lines.map(\.level))::text[],
                \(lines.map(\.source.storable))::text[], \(lines.map(\.message.storable))::text[],
                \(lines.map(\.traceID?.storable))::text[], \(lines.map(\.messageID?.storable))::text[],
                \(lines.map(\.taskID?.storable))::text[], \(lines.map { JSONText($0.details) })::text[]
            ) as line (record_id, "time", level, source, message, trace_id, message_id, task_id, details)
            order by record_id
            on conflict (record_id) do nothing
            """)
    }

    /// The last lines, oldest first; nil filters let everything through.
    public func tail(
        limit: Int, levels: [String]? = nil, source: String? = nil, task: TaskID? = nil, since: Date? = nil
    ) async throws -> [LogLine] {
        let lines = try await executor.query(
            """
            select record_id as "recordID", "timestamp" as time, level, source, message, trace_id as "traceID",
                message_id as "messageID", task_id as "taskID", details
            from system_logs
            where (\(levels)::text[] is null or level = any(\(levels)::text[]))
                and (\(source)::text is null or source = \(source)::text)
                and (\(task?.description)::text is null or task_id = \(task?.description)::text)
                and (\(since)::timestamptz is null or "timestamp" >= \(since)::timestamptz)
            order by "timestamp" desc, id desc limit \(limit)::bigint
            """, as: LogLine.self)
        return lines.reversed()
    }

    /// Forgets what is older; returns how many lines.
    @discardableResult
    public func prune(before time: Date) async throws -> Int {
        try await executor.run(
            """
            delete from system_logs where "timestamp" < \(time)::timestamptz
            """)
    }
}
