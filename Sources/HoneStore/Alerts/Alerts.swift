public import Foundation
public import HoneCore
import Postgres

/// Something a person should look at.
public struct AlertRecord: Sendable, Decodable {
    public var id: UUID
    public var kind: String
    public var subject: String
    public var severity: String
    public var message: String
    public var details: JSONValue
    public var raisedAt: Date
    /// Nil while it stands.
    public var clearedAt: Date?
}

/// `alerts`.
public struct Alerts: Sendable {
    let executor: any SQLExecutor

    /// Alerts, newest first; `last` is the time and id of the last one of the page before.
    public func list(
        openOnly: Bool, severity: String? = nil, after last: (time: Date, id: UUID)? = nil, limit: Int
    ) async throws -> [AlertRecord] {
        try await executor.query(
            """
            select id, kind, subject, severity, message, details, raised_at, cleared_at from alerts
            where (not \(openOnly)::boolean or cleared_at is null)
                and (\(severity)::text is null or severity = \(severity)::text)
                and (\(last?.time)::timestamptz is null
                    or (raised_at, id) < (\(last?.time)::timestamptz, \(last?.id)::uuid))
            order by raised_at desc, id desc limit \(limit)::bigint
            """, as: AlertRecord.self)
    }
}
